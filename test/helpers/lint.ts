export * from '../../src/testing/lint.ts';
