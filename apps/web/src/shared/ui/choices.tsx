import { type ReactNode, useEffect, useId, useRef } from 'react';
import { describedBy, type FieldProps, type Option, useFieldError, useFieldId } from './fields.tsx';

interface CheckboxProps {
  label: ReactNode;
  hint?: ReactNode;
  name: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  boxed?: boolean;
}

/** Yes or no. Never ticked beforehand where it gives something away. */
export function Checkbox({ label, hint, name, checked, onChange, boxed }: CheckboxProps) {
  const error = useFieldError(name);
  const id = useFieldId(name);
  const box = useRef<HTMLInputElement>(null);
  // Ticked before the page came alive, as with every field (see `useTypedBefore`).
  useEffect(() => {
    if (box.current && box.current.checked !== checked) onChange(box.current.checked);
  }, []);
  return (
    <div className="field" data-wrong={error ? true : undefined}>
      {error && (
        <span className="field-error" id={`${id}-error`}>
          {error}
        </span>
      )}
      <label className={`choice${boxed ? ' choice-boxed' : ''}`}>
        <input
          ref={box}
          id={id}
          type="checkbox"
          name={name}
          checked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>
          {label}
          {hint && <small>{hint}</small>}
        </span>
      </label>
    </div>
  );
}

interface RadioGroupProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
}

/** One of a few, all in sight. */
export function RadioGroup(props: RadioGroupProps) {
  const group = useId();
  const id = useFieldId(props.name);
  const error = useFieldError(props.name, props.error);
  const choices = useRef<HTMLFieldSetElement>(null);
  // Chosen before the page came alive: what is seen chosen must be what is sent.
  useEffect(() => {
    const chosen = choices.current?.querySelector<HTMLInputElement>('input:checked');
    if (chosen && chosen.value !== props.value) props.onChange(chosen.value);
  }, []);
  return (
    <fieldset
      ref={choices}
      className="field"
      data-wrong={error ? true : undefined}
      aria-describedby={describedBy(id, props.hint, error)}
    >
      <legend className={props.hideLabel ? 'visually-hidden' : undefined}>{props.label}</legend>
      {props.hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {props.hint}
        </span>
      )}
      {error && (
        <span className="field-error" id={`${id}-error`}>
          {error}
        </span>
      )}
      <div className="choices">
        {props.options.map((option, place) => (
          <label key={option.value} className="choice choice-boxed">
            <input
              id={place === 0 ? id : undefined}
              type="radio"
              name={group}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            <span>
              {option.label}
              {option.hint && <small>{option.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
