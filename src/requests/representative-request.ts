/** A request that stands for others. */
import type { Listener, Route, VirtualHost } from '../model/model.ts';
import type { TraceRequest } from '../model/trace.ts';
import type { Place } from '../text/source.ts';

export interface RepresentativeRequest {
  readonly request: TraceRequest;
  readonly standsFor: StandsFor;
  /** What it shows, without a full stop: `a path below`. */
  readonly why: string;
}

export interface StandsFor {
  /** Undefined for what hands connections on unread. */
  readonly virtualHost: VirtualHost | undefined;
  /** Undefined in a piece of a config that names no address. */
  readonly listener: Listener | undefined;
  /** Undefined: the virtual host itself. */
  readonly route: Route | undefined;
  readonly place: Place | undefined;
}
