import { join } from 'node:path';
import { filesIn, runBundle } from './bundle.ts';

runBundle(filesIn(join(__dirname, 'cli')), require);
