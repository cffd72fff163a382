import { parseYuan } from '@wennuan/basics';
import {
  type ChangeEvent,
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';

/** What is wrong with a form, by the name of the field. Given by `Form`, read by every field. */
export const FieldErrors = createContext<Record<string, string>>({});

/** What sets a form's fields apart from those of another form on the same page. */
export const FormScope = createContext('');

export interface FieldProps {
  label: string;
  /** As the contract names it; refusals find their place by it. */
  name: string;
  /** A sentence under the label: what to write, an example. */
  hint?: ReactNode;
  error?: string;
  optional?: boolean;
  /** Keeps the label for screen readers only, when the page's title already asks the question. */
  hideLabel?: boolean;
}

interface ShellProps extends FieldProps {
  id: string;
  children: ReactNode;
}

/** The id under which a field is found: by its error in the summary, and by `#field-…` links. */
export function useFieldId(name: string): string {
  return fieldId(useContext(FormScope), name);
}

/** The same id, for who knows the form's scope. */
export const fieldId = (scope: string, name: string) =>
  ['field', scope, name.replaceAll('.', '-')].filter(Boolean).join('-');

/** What is wrong with a field: its own word first, else the form's. */
export function useFieldError(name: string, own?: string) {
  const given = useContext(FieldErrors)[name];
  return own ?? given;
}

/** What `aria-describedby` of an input must name. */
export function describedBy(id: string, hint: ReactNode, error?: string) {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
}

function FieldShell({ id, label, hint, error, optional, hideLabel, children }: ShellProps) {
  const { t } = useTranslation();
  return (
    <div className="field" data-wrong={error ? true : undefined}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : undefined}>
        {label} {optional && <span className="soft">{t('optional')}</span>}
      </label>
      {hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="field-error" id={`${id}-error`}>
          {error}
        </span>
      )}
      {children}
    </div>
  );
}

interface Typed {
  value: string;
  onChange: (value: string) => void;
}

/**
 * Takes over what was typed before the page came alive: a slow phone shows a form that the server drew long
 * before it runs the script, and what is seen chosen must be what is sent. `isSeen`: whether the value is among
 * what the element shows yet.
 */
function useTypedBefore<Element extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
  { value, onChange }: Typed,
  isSeen = true,
) {
  const element = useRef<Element>(null);
  useEffect(() => {
    const typed = element.current?.value;
    if (isSeen && typed && typed !== value) onChange(typed);
    // Only once, when the field comes alive; later the value leads.
  }, []);
  return element;
}

/** What every native field has: its id, what is wrong with it, and the attributes of its element. */
function useNative<Element extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
  props: FieldProps & Typed,
  how: { wrong?: string; isSeen?: boolean } = {},
) {
  const id = useFieldId(props.name);
  const ref = useTypedBefore<Element>(props, how.isSeen);
  const error = useFieldError(props.name, props.error) ?? how.wrong;
  const native = {
    ref,
    id,
    name: props.name,
    value: props.value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': describedBy(id, props.hint, error),
    onChange: (event: ChangeEvent<Element>) => props.onChange(event.target.value),
  } as const;
  return { shell: { ...props, id, error }, native };
}

export interface TextFieldProps extends FieldProps, Typed {
  type?: 'text' | 'tel' | 'password' | 'search';
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel';
  autoComplete?: string;
  maxLength?: number;
  short?: boolean;
  autoFocus?: boolean;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { shell, native } = useNative<HTMLInputElement>(props);
  return (
    <FieldShell {...shell}>
      <input
        {...native}
        className={`input${props.short ? ' input-short' : ''}`}
        type={props.type ?? 'text'}
        inputMode={props.inputMode}
        autoComplete={props.autoComplete ?? 'off'}
        maxLength={props.maxLength}
        aria-required={!props.optional}
      />
    </FieldShell>
  );
}

interface TextAreaProps extends FieldProps, Typed {
  /** Shows the count; longer text can still be typed (a spoken text comes at once) but says so. */
  most?: number;
  rows?: number;
}

/** Several lines; takes the long text that a keyboard's voice input gives. */
export function TextArea(props: TextAreaProps) {
  const { t } = useTranslation();
  const length = [...props.value].length;
  const most = props.most ?? Infinity;
  const tooLong = length > most ? t('field.tooLong', { most, now: length }) : undefined;
  const { shell, native } = useNative<HTMLTextAreaElement>(props, { wrong: tooLong });
  return (
    <FieldShell {...shell}>
      <textarea
        {...native}
        className="input"
        rows={props.rows ?? 4}
        aria-required={!props.optional}
      />
      {length <= most && length > most * 0.6 && (
        <span className="field-hint">{t('field.count', { now: length, most })}</span>
      )}
    </FieldShell>
  );
}

/** An amount in yuan, as text for the contract's `yuanText`; says at once when it cannot be read. */
export function YuanField(props: Omit<TextFieldProps, 'type' | 'inputMode'>) {
  const { t } = useTranslation();
  const unreadable = props.value.trim() !== '' && !parseYuan(props.value);
  const { shell, native } = useNative<HTMLInputElement>(props, {
    wrong: unreadable ? t('field.amountWrong') : undefined,
  });
  return (
    <FieldShell {...shell}>
      <span className="input-with-unit">
        <input
          {...native}
          className="input input-short"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          aria-required={!props.optional}
        />
        <span aria-hidden="true">{t('field.yuan')}</span>
      </span>
    </FieldShell>
  );
}

export interface Option {
  value: string;
  label: string;
  hint?: string;
}

interface SelectProps extends FieldProps, Typed {
  options: readonly Option[];
  /** The first, empty choice; left out when something is always chosen. */
  placeholder?: string;
}

/** One of many, with the telephone's own wheel. */
export function Select(props: SelectProps) {
  const { value, options, placeholder } = props;
  // What is chosen may be among options that are still to come: then what is seen is not a choice.
  const isThere =
    value === '' ? placeholder !== undefined : options.some((one) => one.value === value);
  const { shell, native } = useNative<HTMLSelectElement>(props, { isSeen: isThere });
  return (
    <FieldShell {...shell}>
      <select {...native} className="input">
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldShell>
  );
}

interface DateFieldProps extends FieldProps, Typed {
  /** `datetime-local` also asks the time; its value has no zone and means Shanghai. */
  type?: 'date' | 'datetime-local';
  min?: string;
  max?: string;
}

/** A calendar date `YYYY-MM-DD`, with the platform's own picker. */
export function DateField(props: DateFieldProps) {
  const { shell, native } = useNative<HTMLInputElement>(props);
  return (
    <FieldShell {...shell}>
      <input
        {...native}
        className="input input-short"
        type={props.type ?? 'date'}
        min={props.min}
        max={props.max}
      />
    </FieldShell>
  );
}
