/** Builds what is missing or older than the sources. npm runs it for `npm ci`, `npm pack` and an installation from git. */
import { isBuilt } from './build-record.ts';
import { writeRegistry } from './gen/registry.ts';

writeRegistry();
if (!isBuilt()) await import('./build.ts');
