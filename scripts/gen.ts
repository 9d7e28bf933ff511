/** Writes what is derived from the rule files: the registry (`src/rules/index.gen.ts`, not committed). */
import { writeRegistry } from './gen/registry.ts';

writeRegistry();
