import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, Dialog } from '../../../shared/ui/index.ts';
import { useKept } from './kept.ts';

/** True while somebody types or answers a question: then letters are letters. */
function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return (
    element?.closest('input, textarea, select, [contenteditable], dialog') !== null &&
    element?.closest !== undefined
  );
}

/** Puts the focus on the next or previous element marked `data-key-row`. */
function step(list: HTMLElement, by: 1 | -1) {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-key-row]')];
  const now = rows.findIndex((row) => row === document.activeElement);
  const next = rows[Math.max(0, Math.min(rows.length - 1, now + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/**
 * One key each through a list: j and k go down and up, Enter opens (the row is a link), t takes, ? helps.
 * Whoever works by voice or screen reader can switch single keys off (WCAG 2.1.4).
 */
export function useListKeys(list: RefObject<HTMLElement | null>) {
  const [on, setOn] = useKept('single-keys', true);
  const [helping, setHelping] = useState(false);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') return setHelping(true);
      const element = list.current;
      if (!on || !element) return;
      if (event.key === 'j') step(element, 1);
      else if (event.key === 'k') step(element, -1);
      else if (event.key === 't')
        document.activeElement
          ?.closest('li')
          ?.querySelector<HTMLElement>('[data-key-take] button')
          ?.click();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [list, on]);
  return { on, setOn, helping, setHelping };
}

/** The button and the table of keys. */
export function ListKeysHelp({ keys }: { keys: ReturnType<typeof useListKeys> }) {
  const { t } = useTranslation('console');
  const rows = [
    ['j', t('desk.keyNext')],
    ['k', t('desk.keyPrevious')],
    ['Enter', t('desk.keyOpen')],
    ['t', t('desk.keyTake')],
    ['?', t('desk.keyHelp')],
  ] as const;
  return (
    <>
      <Button kind="quiet" onPress={() => keys.setHelping(true)}>
        {t('desk.helpOpen')}
      </Button>
      <Dialog title={t('desk.help')} open={keys.helping} onClose={() => keys.setHelping(false)}>
        <dl className="facts">
          {rows.map(([key, words]) => (
            <div key={key} className="facts-row">
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <Checkbox
          name="single-keys"
          label={t('desk.keysOn')}
          hint={t('desk.keysOnHint')}
          checked={keys.on}
          onChange={keys.setOn}
        />
      </Dialog>
    </>
  );
}
