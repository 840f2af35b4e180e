import type { SeedOwner } from "../../seed-data.ts";
import { textKey } from "./text-key.ts";

/** Owners as they turn up: exports name them by name or by address and give no ids. */
export interface OwnerBook {
  owners: SeedOwner[];
  idOf(nameOrEmail: string): string;
}

export function createOwnerBook(): OwnerBook {
  const owners: SeedOwner[] = [];
  const byKey = new Map<string, string>();
  return {
    owners,
    idOf(nameOrEmail) {
      const text = nameOrEmail.trim();
      const known = byKey.get(textKey(text));
      if (known) return known;
      const id = String(800_001 + owners.length);
      const [firstName = "", ...rest] = (text.split("@")[0] ?? text).split(/[\s.]+/);
      const email = text.includes("@")
        ? text.toLowerCase()
        : `${text.toLowerCase().replace(/[^a-z0-9]+/g, ".")}@owners.example`;
      owners.push({ id, userId: 20_001 + owners.length, email, firstName, lastName: rest.join(" ") });
      byKey.set(textKey(text), id);
      return id;
    },
  };
}
