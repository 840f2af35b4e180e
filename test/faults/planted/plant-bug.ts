import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

/** A fault put into a copy of the server on purpose, to see whether the matrix finds it. */
export interface PlantedBug {
  readonly name: string;
  /** The row that has to find it. */
  readonly row: string;
  readonly edits: readonly {
    readonly file: string;
    /** Stands exactly once in the file: when the server changes, the bug is planted anew or taken out. */
    readonly find: string;
    readonly replace: string;
  }[];
}

export interface PlantedServer {
  readonly main: string;
  remove(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, "..", "..", "..");

/** Inside the repository, so that packages are found; git does not look there. The tree itself is never touched. */
export async function plantBug(bug: PlantedBug): Promise<PlantedServer> {
  const folder = path.join(root, "test-results", `planted-${process.pid}-${bug.name}`);
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(folder, { recursive: true });
    for (const part of ["server", "shared"]) await cp(path.join(root, part), path.join(folder, part), copyOptions);
    await cp(path.join(root, "package.json"), path.join(folder, "package.json"));
    await mkdir(path.join(folder, "node_modules", "@touchstone"), { recursive: true });
    await symlink("../../shared", path.join(folder, "node_modules", "@touchstone", "shared"));
    for (const edit of bug.edits) await change(path.join(folder, edit.file), bug.name, edit);
    return { main: path.join(folder, "server", "main.ts"), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

const copyOptions = { recursive: true, filter: (source: string) => path.basename(source) !== "node_modules" };

async function change(file: string, name: string, { find, replace }: { find: string; replace: string }): Promise<void> {
  const text = await readFile(file, "utf8");
  const places = text.split(find).length - 1;
  if (places !== 1) throw new Error(`bug ${name}: "${find}" stands ${places} times in ${path.relative(root, file)}`);
  await writeFile(
    file,
    text.replace(find, () => replace),
  );
}
