import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from '../../../shared/ui/index.ts';

interface DropZoneProps {
  /** What its button says; it does the same for whoever does not drag. */
  choose: string;
  /** What is chosen, for screen readers. */
  label: string;
  accept: string;
  multiple?: boolean;
  busy?: boolean;
  kind?: 'primary' | 'secondary';
  onFiles: (files: File[]) => void;
  /** What stands before the button: which files, in words. */
  children: ReactNode;
  /** What stands after it: how far the sending is. */
  after?: ReactNode;
}

/** A place to drop files on, or to choose them. */
export function DropZone(props: DropZoneProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    props.onFiles([...event.dataTransfer.files]);
  }
  return (
    <div
      className="drop-zone"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {props.children}
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        aria-label={props.label}
        tabIndex={-1}
        multiple={props.multiple}
        accept={props.accept}
        onChange={(event) => {
          props.onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button kind={props.kind} busy={props.busy} onPress={() => input.current?.click()}>
        {props.choose}
      </Button>
      {props.after}
    </div>
  );
}
