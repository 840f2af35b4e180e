import { textKey } from "./text-key.ts";

/** Records by the names that other files call them. */
export interface NameBook {
  add(name: string | null | undefined, id: string): void;
  find(name: string): readonly string[];
}

export function createNameBook(): NameBook {
  const ids = new Map<string, string[]>();
  return {
    add(name, id) {
      const key = name ? textKey(name) : "";
      if (key === "") return;
      const known = ids.get(key);
      if (known) known.push(id);
      else ids.set(key, [id]);
    },
    find: (name) => ids.get(textKey(name)) ?? [],
  };
}
