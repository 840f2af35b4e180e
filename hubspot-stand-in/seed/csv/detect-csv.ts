import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

export type CsvEncoding = "utf-8" | "utf-16le" | "windows-1252";

export interface CsvDialect {
  encoding: CsvEncoding;
  delimiter: "," | ";" | "\t";
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const isBadEncoding = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA";

/** The whole file is read: one bad byte on the last line makes it another encoding. */
async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (isBadEncoding(error)) return false;
    throw error;
  }
}

/** The delimiter that parts the header line most often; quoted text does not count. */
function detectDelimiter(head: string): CsvDialect["delimiter"] {
  const header = head.replace(/"(?:[^"]|"")*"/g, "").split(/\r\n|\r|\n/, 1)[0] ?? "";
  const [best] = ([",", ";", "\t"] as const)
    .map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
    .sort((a, b) => b.count - a.count);
  return best?.delimiter ?? ",";
}

/** Excel writes Windows-1252 or UTF-16 where HubSpot writes UTF-8, and semicolons in half of Europe. */
export async function detectCsv(path: string): Promise<CsvDialect> {
  const head = await readHead(path);
  const encoding = head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : (await isUtf8(path)) ? "utf-8" : "windows-1252";
  return { encoding, delimiter: detectDelimiter(new TextDecoder(encoding).decode(head)) };
}
