/** One stream in the lines of a checkpoint, as `headLines` writes them. */
export interface HeadLine {
  readonly streamId: string;
  readonly category: string;
  readonly version: number;
  readonly hash: string;
  /** Where its new events stand in the feed. */
  readonly places: string;
}

/** How a stream is not what a checkpoint says it was. */
export type StreamFault =
  /** It, or its end at that time, is gone. */
  | 'taken out'
  /** It, or events at its end, were not there at that time. */
  | 'put in'
  /** Another history with hashes that fit it. */
  | 'rewritten'
  /** It is said to be the history of another kind of thing. */
  | 'another category'
  /** Its events stand elsewhere in the order of the feed. */
  | 'moved';

export interface BadStream {
  readonly streamId: string;
  /** The last version at the time of the checkpoint, or the one that was put in. */
  readonly version: number;
  readonly reason: StreamFault;
}

/** The streams in which what is there differs from what was signed. */
export function differingStreams(signed: string, found: string): BadStream[] {
  const there = new Map(linesOf(found).map((line) => [line.streamId, line]));
  const gone = linesOf(signed).flatMap((line) => {
    const now = there.get(line.streamId);
    there.delete(line.streamId);
    const reason = faultOf(line, now);
    return reason === undefined ? [] : [{ streamId: line.streamId, version: (now ?? line).version, reason }];
  });
  const added = [...there.values()].map(({ streamId, version }) => ({ streamId, version, reason: 'put in' as const }));
  return [...gone, ...added];
}

function faultOf(signed: HeadLine, found: HeadLine | undefined): StreamFault | undefined {
  if (found === undefined || found.version < signed.version) return 'taken out';
  if (found.version > signed.version) return 'put in';
  if (found.hash !== signed.hash) return 'rewritten';
  if (found.category !== signed.category) return 'another category';
  return found.places === signed.places ? undefined : 'moved';
}

const linesOf = (text: string): HeadLine[] => (text === '' ? [] : text.split('\n').map(lineOf));

function lineOf(line: string): HeadLine {
  const [streamId = '', category = '', version = '', hash = '', places = ''] = line.split(' ');
  return { streamId, category, version: Number(version), hash, places };
}
