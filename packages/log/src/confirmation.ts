import { base64, sameBytes, fromBase64, utf8 } from './bytes.ts';
import type { Hash } from './merkle.ts';
import { checkSignature, type NoteKey, parseNote } from './note.ts';
import { sha256 } from './sha256.ts';

/** One line of a confirmation: a word, and what it says. */
export interface ConfirmationField {
  name: string;
  value: string;
}

/** What a confirmation is about: one leaf, shown under one signed checkpoint. */
export interface ConfirmedLeaf {
  leaf: Hash;
  /** The whole signed checkpoint of the receipt, so that its every byte is covered. */
  checkpoint: string;
}

const FIRST_LINE = 'wennuan confirmation v1';

/**
 * The text of a confirmation, to be signed with the log's key: what the log's owner says about a leaf that the leaf
 * itself does not show. Its second line is no number, so that it can never be taken for a checkpoint. Refuses a name
 * that is not one word and a value that is not one line.
 */
export function confirmationText(
  { leaf, checkpoint }: ConfirmedLeaf,
  fields: readonly ConfirmationField[],
): string {
  for (const { name, value } of fields)
    if (!/^\S+$/u.test(name) || /[\n\r]/u.test(value)) throw new RangeError(`not a line: ${name}`);
  const lines = [
    FIRST_LINE,
    `leaf ${base64(leaf)}`,
    `head ${base64(sha256(utf8(checkpoint)))}`,
    ...fields.map(({ name, value }) => `${name} ${value}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Opens a signed confirmation: the log's signature must be right, and leaf and checkpoint those it speaks of. */
export function openConfirmation(
  noteText: string,
  { key, leaf, checkpoint }: ConfirmedLeaf & { key: NoteKey },
): { fields: ConfirmationField[] } | { detail: string } {
  const note = parseNote(noteText);
  const lines = note?.text.split('\n') ?? [];
  if (!note || lines[0] !== FIRST_LINE) return { detail: 'the confirmation is not a signed note' };
  if (note.signatures.length !== 1 || checkSignature(note, key) !== 'valid')
    return { detail: `what the confirmation says was not signed by ${key.name}` };
  const hashIn = (line: string | undefined, name: string) =>
    line?.startsWith(`${name} `) ? fromBase64(line.slice(name.length + 1)) : null;
  const said = { leaf: hashIn(lines[1], 'leaf'), head: hashIn(lines[2], 'head') };
  if (!said.leaf || !sameBytes(said.leaf, leaf))
    return { detail: 'the confirmation is about another entry' };
  if (!said.head || !sameBytes(said.head, sha256(utf8(checkpoint))))
    return { detail: 'the checkpoint is not the one the confirmation was made under' };
  const fields = lines.slice(3, -1).map((line) => {
    const space = line.indexOf(' ');
    return { name: line.slice(0, space), value: line.slice(space + 1) };
  });
  return { fields };
}
