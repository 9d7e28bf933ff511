/** The start of the single-file program, which holds the files of the bundle. */
import { getRawAsset } from 'node:sea';
import { runBundle } from './bundle.ts';

runBundle((name) => Buffer.from(getRawAsset(name) as ArrayBuffer), require);
