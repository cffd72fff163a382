import { type RouteInput, type RouteOutput, routes } from '@wennuan/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  DateText,
  Facts,
  Form,
  Loaded,
  Page,
  say,
  TextField,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Move = RouteOutput<typeof routes.file.readMove>;
type Decision = RouteInput<typeof routes.file.decideMove>['body']['decision'];

/** A move that was proposed: the new community takes the file or not, the old one may withdraw. */
export function MovePage() {
  const { t } = useTranslation('console');
  const { moveId } = useParams({ from: '/desk/moves/$moveId' });
  const query = useRoute(routes.file.readMove, { params: { moveId } });
  return (
    <Page title={t('relocation.pageTitle')} lead={t('relocation.pageLead')}>
      <Loaded query={query}>
        {(move) => (
          <>
            <MoveFacts move={move} />
            {move.may.length > 0 && <Decide move={move} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function MoveFacts({ move }: { move: Move }) {
  const { t } = useTranslation('console');
  return (
    <section className="panel">
      <Facts
        rows={[
          [
            t('relocation.who'),
            move.state === 'accepted' ? (
              <Link to="/desk/persons/$personId" params={{ personId: move.personId }}>
                {move.maskedName} · {t('relocation.open')}
              </Link>
            ) : (
              move.maskedName
            ),
          ],
          [t('relocation.from'), move.from],
          [t('relocation.target'), move.to],
          [t('relocation.reason'), move.reason],
          [
            t('relocation.by'),
            <>
              {move.byName} · <DateText at={move.proposedAt} />
            </>,
          ],
          [t('relocation.state'), t(`relocation.states.${move.state}`)],
          ...(move.note ? [[t('relocation.note'), move.note] as const] : []),
        ]}
      />
    </section>
  );
}

function Decide({ move }: { move: Move }) {
  const { t } = useTranslation('console');
  const [note, setNote] = useState('');
  const decide = useSend(routes.file.decideMove);
  const send = (decision: Decision) =>
    decide.run({ params: { moveId: move.id }, body: { decision, note } }, ({ state }) => {
      if (state !== 'proposed') say(t(`relocation.${state}`));
    });
  const [first, ...others] = move.may;
  return (
    <Form call={decide} onSend={() => send(first!)}>
      <TextField
        name="note"
        optional
        label={t('relocation.note')}
        hint={move.may.includes('refuse') ? t('relocation.noteHint') : undefined}
        value={note}
        onChange={setNote}
      />
      <div className="form-actions">
        <Button type="submit" kind="primary" busy={decide.busy}>
          {t(`relocation.${first!}`)}
        </Button>
        {others.map((decision) => (
          <Button key={decision} busy={decide.busy} onPress={() => send(decision)}>
            {t(`relocation.${decision}`)}
          </Button>
        ))}
      </div>
    </Form>
  );
}
