import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Encrypts OAuth tokens at rest: AES-256-GCM, bound to their portal, with the id of the key that they need. */
export interface TokenCipher {
  encrypt(plain: string, portalId: number): string;
  /** Throws when the key is gone or the text was changed or belongs to another portal. */
  decrypt(sealed: string, portalId: number): string;
  /** True when a text was sealed by a key that is no longer the first: seal it again. */
  isOld(sealed: string): boolean;
}

/** The first key encrypts, every key decrypts: to rotate, put a new one in front. */
export function createTokenCipher(keys: readonly { id: string; key: string }[]): TokenCipher {
  const first = keys[0];
  if (!first) throw new Error("there is no key to encrypt tokens with");
  const byId = new Map(keys.map(({ id, key }) => [id, Buffer.from(key, "base64")]));
  return {
    encrypt: (plain, portalId) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", Buffer.from(first.key, "base64"), iv).setAAD(
        Buffer.from(String(portalId)),
      );
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return ["v1", first.id, ...[iv, cipher.getAuthTag(), body].map((part) => part.toString("base64url"))].join(".");
    },
    decrypt: (sealed, portalId) => {
      const [version, id, iv, tag, body] = sealed.split(".");
      const key = byId.get(id ?? "");
      if (version !== "v1" || !key || !iv || !tag || body === undefined) {
        throw new Error(`a stored token needs the key ${id ?? "?"}, which TOKEN_KEYS does not have`);
      }
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(String(portalId))).setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
    },
    isOld: (sealed) => sealed.split(".")[1] !== first.id,
  };
}
