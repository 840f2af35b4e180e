import { z } from "zod";

/** What a person wrote, in a form that can be kept: PostgreSQL holds no NUL in text. */
export const storableText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !text.includes("\0"), "holds a character that cannot be stored");
