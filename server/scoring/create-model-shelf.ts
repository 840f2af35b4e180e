import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { type CompiledModel, compileModel } from "./compile-model.ts";

/** Compiled versions of models; null for one that is not kept. */
export type ModelShelf = (key: string, version: number) => Promise<CompiledModel | null>;

/** Each version is read and compiled once: a version never changes. One that could not be read is asked for again. */
export function createModelShelf(
  readDocument: (key: string, version: number) => Promise<object | null>,
  known: readonly CompiledModel[] = [],
): ModelShelf {
  const shelf = new Map<string, Promise<CompiledModel | null>>(
    known.map((compiled) => [nameOf(compiled.model), Promise.resolve(compiled)]),
  );
  return (key, version) => {
    const name = nameOf({ key, version });
    const shelved = shelf.get(name) ?? shelve(name, compile(readDocument, key, version));
    shelf.set(name, shelved);
    return shelved;
  };

  async function shelve(name: string, compiled: Promise<CompiledModel | null>): Promise<CompiledModel | null> {
    try {
      return await compiled;
    } catch (error) {
      shelf.delete(name);
      throw error;
    }
  }
}

const nameOf = ({ key, version }: { key: string; version: number }): string => `${key} v${version}`;

async function compile(
  readDocument: (key: string, version: number) => Promise<object | null>,
  key: string,
  version: number,
): Promise<CompiledModel | null> {
  const document = await readDocument(key, version);
  return document && compileModel(scoringModelSchema.parse(document));
}
