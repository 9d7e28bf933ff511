import type { Dialect } from '../../syntax/tree.ts';
import { apache } from './apache/index.ts';
import type { Language } from './language.ts';
import { nginx } from './nginx/index.ts';
import { sslh } from './sslh/index.ts';

const byDialect: Readonly<Record<Dialect, Language>> = { nginx, apache, sslh };

export function languageOf(dialect: Dialect): Language {
  return byDialect[dialect];
}
