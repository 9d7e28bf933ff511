import { missingTools, type Server } from './install.ts';

/** Plays on each server, and says how long that took; one that is not installed is told and makes the exit status 2. */
export async function onServers(
  servers: readonly Server[],
  seed: string,
  play: (server: Server) => Promise<void>,
): Promise<void> {
  for (const server of servers) {
    const missing = missingTools(server);
    if (missing !== undefined) {
      console.error(`${server}: ${missing}.`);
      process.exitCode = 2;
      continue;
    }
    const start = performance.now();
    await play(server);
    console.log(`  ${((performance.now() - start) / 1000).toFixed(1)} s, seed ${seed}\n`);
  }
}
