/** Whether any files of a run may belong together; in most runs none do, and nothing more is loaded. */
import { isComposeFile } from '../../topology/compose-names.ts';
import type { Input } from '../files/find-inputs.ts';
import type { Project } from '../project/project.ts';

/** More files than that, named together, are a list of files and not a chain of servers. */
export const maxLinked = 12;

export async function mayLink(inputs: readonly Input[], project: Project): Promise<boolean> {
  if (inputs.length < 2) return false;
  const named = inputs.filter((input) => input.named).length;
  if (named > 1 && named <= maxLinked) return true;
  for (const { path } of inputs) if (isComposeFile(path) || (await project.topologyFor(path))) return true;
  return false;
}
