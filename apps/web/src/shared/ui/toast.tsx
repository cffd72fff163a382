import { useSyncExternalStore } from 'react';
import { Button } from './button.tsx';

interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

const SHOWN_MILLIS = 8_000;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let lastId = 0;

function change(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says in passing that something was done; with an action (undo) it stays longer. Errors never go here. */
export function say(text: string, action?: Toast['action']) {
  const id = ++lastId;
  change([...toasts.slice(-2), { id, text, action }]);
  setTimeout(
    () => change(toasts.filter((toast) => toast.id !== id)),
    action ? SHOWN_MILLIS * 3 : SHOWN_MILLIS,
  );
}

const none: readonly Toast[] = [];

/** Where toasts appear; once, in the frame. */
export function ToastSlot() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
    () => none,
  );
  return (
    <div className="toast-slot" role="status">
      {shown.map((toast) => (
        <p key={toast.id} className="toast">
          {toast.text}
          {toast.action && (
            <Button
              kind="quiet"
              onPress={() => {
                toast.action?.run();
                change(toasts.filter((other) => other.id !== toast.id));
              }}
            >
              {toast.action.label}
            </Button>
          )}
        </p>
      ))}
    </div>
  );
}
