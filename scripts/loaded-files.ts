/** Writes down which files the built program reads: `tsx scripts/loaded-files.ts LIST.json ARGUMENTS` */
import { writeFileSync } from 'node:fs';
import { sampleRun } from './sample-run.ts';

const [list, ...args] = process.argv.slice(2);
sampleRun(args, (scripts) => writeFileSync(list!, JSON.stringify([...scripts.keys()])));
