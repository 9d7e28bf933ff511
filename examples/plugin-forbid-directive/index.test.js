import { testRule } from 'proxylint/testing';
import plugin from './index.js';

for (const [name, rule] of Object.entries(plugin.rules)) {
  testRule(name, rule, new URL(`fixtures/${name}/`, import.meta.url));
}
