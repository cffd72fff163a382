import { AMOUNT_FEN_MAX } from '@wennuan/basics';
import { z } from 'zod';

/** Small shapes that every module's schemas are made of. */
export const id = z.guid();
export const areaCode = z.string().regex(/^\d{6,15}$/);
export const plainDate = z.iso.date();
export const instant = z.iso.datetime({ offset: true });
export const amountFen = z.int().min(1).max(AMOUNT_FEN_MAX);
/** An amount that may be zero: sums and balances. */
export const sumFen = z.int();
/** What a person typed as yuan; the server reads it with parseYuan and refuses with `amount_invalid`. */
export const yuanText = z.string().min(1).max(20);
export const telephone = z.string().min(5).max(24);
export const line = z.string().trim().min(1).max(100);
export const paragraph = z.string().trim().min(1).max(2_000);
export const optionalParagraph = z.string().trim().max(2_000).default('');
export const page = z.object({
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** A page of a list: `next` is the cursor to pass as `after`, null at the end. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
export const done = z.object({ ok: z.literal(true) });
/** Record version a form was opened with; another one on save is `busy_elsewhere`. */
export const version = z.int().min(0);
/** A public place reference: never finer than a community. */
export const areaRef = z.object({
  code: areaCode,
  name: z.string(),
  level: z.enum(['district', 'street', 'community']),
});
