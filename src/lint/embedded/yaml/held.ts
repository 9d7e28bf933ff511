import type { Piece } from '../piece.ts';
import type { YamlScalar } from './nodes.ts';

/** A scalar that may be a config, and what its surroundings say of it. */
export interface HeldScalar extends Pick<Piece, 'name' | 'dialect' | 'level'> {
  readonly scalar: YamlScalar;
}
