import { TextField, type TextFieldProps } from './fields.tsx';

const FULL_WIDTH_ZERO = '０'.charCodeAt(0);

/** Of what was typed or pasted, the digits: “123 456” and “１２３-４５６” are both 123456; cut only then. Pure. */
export function digitsOf(text: string, most: number): string {
  return [...text]
    .map((letter) =>
      letter >= '０' && letter <= '９' ? String(letter.charCodeAt(0) - FULL_WIDTH_ZERO) : letter,
    )
    .filter((letter) => letter >= '0' && letter <= '9')
    .join('')
    .slice(0, most);
}

/** Digits of every code that people say, read off a slip or paste: pick-up, hand-over, supervisor's. */
const CODE_DIGITS = 6;

/** A code of six digits. Spaces and dashes that came with it are left out before it is cut. */
export function CodeField(props: Omit<TextFieldProps, 'inputMode' | 'maxLength'>) {
  return (
    <TextField
      short
      {...props}
      inputMode="numeric"
      onChange={(text) => props.onChange(digitsOf(text, CODE_DIGITS))}
    />
  );
}
