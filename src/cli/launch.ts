import { join } from 'node:path';
import { runBundle } from './bundle.ts';

runBundle(join(__dirname, 'cli'), require);
