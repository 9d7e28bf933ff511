/** What the rest of the program asks of a server. Each room under `src/servers` gives one; {@link serverOf} finds it. */
import type { Model } from '../model/model.ts';
import type { Relay } from '../model/relay.ts';
import type { RouteRow } from '../model/routing-table.ts';
import type { FileLookup, Trace, TraceRequest } from '../model/trace.ts';
import type { Variations } from '../model/variation.ts';
import type { Targets } from '../model/versions.ts';
import type { IncludeRules } from '../syntax/include-rules.ts';
import type { Config, Level } from '../syntax/config.ts';
import type { Block, ConfigFile, Dialect, Directive, Parse } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';
import type { Marks } from './detection/marks.ts';
import type { SettingForms } from './setting-forms.ts';
import type { Catalogue, Messages, Statement } from './diagnostic.ts';

export interface Server {
  readonly dialect: Dialect;
  readonly names: FileNames;
  readonly detection: Detection;
  /** Parsers take time to load: only that of the server in question is. */
  readonly loadParser: () => Promise<Parse>;
  /** What a config is a piece of where nobody says so, by its top directives. */
  readonly inferLevel: (file: ConfigFile) => Level;
  /** Whether a file is the one with which the server begins. Templates and documents are asked about by nobody. */
  readonly isWhole: (root: Block) => boolean;
  /** Whether an include may hold more than was read of it. */
  readonly isUnread: (include: Directive) => boolean;
  /** By their keys: blocks in which nothing can stand that belongs to a server, or to what is around it. */
  readonly isInner: (key: string) => boolean;
  /** Whether relative includes start in the directory of the file, by what stands in it. */
  readonly isMainConfig: (file: ConfigFile) => boolean;
  readonly includes: IncludeRules;
  /** Whether an included file is surely no config: the server knows no word of it, and it has not the form of one. */
  readonly isForeign: (file: ConfigFile) => boolean;
  /** What it says of a config when it loads it. */
  readonly refusals: ServerRefusals;
  /** What a config means to the version it is meant for; an empty model for a server that is not modelled. */
  readonly lower: (config: Config, targets: Targets) => Model;
  /** Which parts of a config hold only under a condition that it does not decide; left out: none. */
  readonly undecided?: (config: Config, targets: Targets) => FindCondition;
  /** Whether a stretch of a file is another text at each place where it is used, so that it cannot be rewritten; left out: none is. */
  readonly isFilledIn?: (config: Config, place: Place) => boolean;
  /** What `routes` shows where the model does not say it. */
  readonly routes?: (config: Config, targets: Targets) => readonly RouteRow[];
  /** What hands connections on unread; left out: nothing does. */
  readonly relays?: (config: Config, targets: Targets) => readonly Relay[];
  /** What the answer to a request may depend on besides its address, name and path; left out: nothing. */
  readonly variations?: (config: Config) => Variations;
  /** The address on which a listener of all addresses is open, where only that of the machine's is; left out: each is open on all. */
  readonly openAddress?: (config: Config, port: number) => string | undefined;
  /** Connections that tell apart what the model does not hold; left out: it holds all. */
  readonly connections?: (config: Config) => Iterable<Connection>;
  /** How its settings are compared; left out: they are not. */
  readonly loadSettingForms?: () => Promise<SettingForms>;
  /** Left out for a server whose requests cannot be traced. */
  readonly loadTracer?: () => Promise<Tracer>;
}

/** What names of files say. All are compared in lower case, without folders. */
export interface FileNames {
  /** Names that a file has in this server only. */
  readonly own: readonly string[];
  /** Those among them of a config around which others lie: relative includes start in its directory. */
  readonly main: readonly string[];
  /** What a name of its files may have in it. */
  readonly part: RegExp;
  /** A folder above its files, at the end of a path in lower case. */
  readonly folder?: RegExp;
}

/** The beginning of a text. */
export interface Sample {
  readonly text: string;
  /** Trimmed, without blank lines and those that begin with `#`. */
  readonly lines: readonly string[];
}

export interface Detection {
  /** How far the text looks like a config of this server. */
  readonly marks: (sample: Sample) => Marks;
  /** How many strange pieces for one that is known. */
  readonly tolerance: number;
  /** Whether a line by itself, trimmed, is surely of this server. */
  readonly isLine: (line: string) => boolean;
}

/** What a server refuses a config for, or warns of, as one rule after the other reports it. */
export interface ServerRefusals {
  /** The texts, by the rule that reports them. Servers that share a rule and an id share the text. */
  readonly messages: Catalogue;
  /** What this rule has to report, in the order in which the server judges; nothing for a rule without messages here. */
  readonly of: (rule: string, config: Config, targets: Targets) => readonly Statement<Messages>[];
}

/** A connection that stands for others. */
export interface Connection {
  readonly request: TraceRequest;
  readonly place: Place;
  /** What it shows, without a full stop: `a name of the entry`. */
  readonly why: string;
}

/** The condition around a place, also where it stands around the include of its file. */
export type FindCondition = (place: Place) => UndecidedCondition | undefined;

export interface UndecidedCondition {
  /** As messages name it: `<IfDefine SSL>`. */
  readonly tag: string;
  readonly place: Place;
}

/** What the server does with one request, from its config alone. `model` is the lowered config. */
export type Tracer = (
  subject: { readonly config: Config; readonly model: Model; readonly targets: Targets },
  request: TraceRequest,
  files: FileLookup,
) => Trace;
