import type { GrowthInput } from './input.ts';
import { apacheInputs } from './inputs-apache.ts';
import { nginxInputs } from './inputs-nginx.ts';
import { otherInputs } from './inputs-other.ts';

export const inputs: readonly GrowthInput[] = [...nginxInputs, ...apacheInputs, ...otherInputs];
