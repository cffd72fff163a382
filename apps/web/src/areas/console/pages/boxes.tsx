import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useList } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  DateText,
  dateWords,
  EmptyState,
  Facts,
  Money,
  Page,
  State,
} from '../../../shared/ui/index.ts';
import { OpenDialog, SealForm, SecondDialog } from '../cash/box-forms.tsx';

type Box = RouteOutput<typeof routes.cash.boxes>['items'][number];
type Opening = Box['openings'][number];

/** Donation boxes: their seals, their openings, and who still has to count. */
export function BoxesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const boxes = useList(routes.cash.boxes);
  return (
    <Page
      title={t('boxes.title')}
      lead={t('boxes.lead')}
      aside={
        holds(session, 'cash.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('boxes.seal')}
          </Button>
        )
      }
    >
      {adding && <SealForm onDone={() => setAdding(false)} />}
      <Listed
        list={boxes}
        empty={
          <EmptyState title={t('boxes.emptyTitle')}>
            <p>{t('boxes.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => items.map((box) => <BoxCard key={box.id} box={box} />)}
      </Listed>
    </Page>
  );
}

const boxTones = { sealed: 'done', opened: 'warned', withdrawn: 'quiet' } as const;

function BoxCard({ box }: { box: Box }) {
  const { t, i18n } = useTranslation('console');
  const { session } = useSession();
  const [opening, setOpening] = useState(false);
  const waits = box.openings.some((one) => one.confirmedBy === null);
  const state = waits ? 'opened' : box.state;
  return (
    <section className="panel" aria-label={box.number}>
      <h2 className="row">
        {box.number} · {box.place}
        <State tone={boxTones[state]}>{t(`boxes.states.${state}`)}</State>
      </h2>
      <Facts
        rows={[
          [t('boxes.campaign'), box.campaign],
          [t('boxes.counter'), `${box.area.name} · ${box.counter}`],
          [t('boxes.sealNumber'), box.sealNumber],
          [
            t('boxes.states.sealed'),
            t('boxes.sealedBy', { by: box.sealedBy, at: dateWords(box.sealedAt, i18n.language) }),
          ],
          [t('boxes.given'), <Money fen={box.givenFen} />],
        ]}
      />
      {box.state === 'sealed' && !waits && holds(session, 'box.open') && (
        <p className="row">
          <Button
            kind="primary"
            label={t('boxes.openFor', { number: box.number })}
            onPress={() => setOpening(true)}
          >
            {t('boxes.open')}
          </Button>
        </p>
      )}
      <h3>{t('boxes.openings')}</h3>
      {box.openings.length === 0 && <p className="soft">{t('boxes.none')}</p>}
      {box.openings.map((one) => (
        <OpeningFacts key={one.id} box={box} one={one} />
      ))}
      {opening && <OpenDialog box={box} onClose={() => setOpening(false)} />}
    </section>
  );
}

function OpeningFacts({ box, one }: { box: Box; one: Opening }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [counting, setCounting] = useState(false);
  const seal = `${one.sealFound} · ${one.sealIntact ? t('boxes.intact') : t('boxes.broken')}`;
  return (
    <div className="stack-tight">
      <Facts
        rows={[
          [t('boxes.openedAt'), <DateText at={one.openedAt} />],
          [
            t('boxes.amount'),
            one.amountFen === null ? t('boxes.hidden') : <Money fen={one.amountFen} />,
          ],
          [t('boxes.sealWas'), one.note ? `${seal} · ${one.note}` : seal],
          [t('boxes.firstBy'), one.countedBy],
          [
            t('boxes.secondBy'),
            one.confirmedBy ?? <State tone="warned">{t('boxes.waiting')}</State>,
          ],
          ...(one.pictures.length > 0
            ? [[t('boxes.pictures'), <Pictures box={box} ids={one.pictures} />] as const]
            : []),
        ]}
      />
      {one.mayConfirm && holds(session, 'box.open') && (
        <p className="row">
          <Button
            kind="primary"
            label={t('boxes.confirmFor', { number: box.number })}
            onPress={() => setCounting(true)}
          >
            {t('boxes.confirm')}
          </Button>
        </p>
      )}
      {counting && <SecondDialog box={box} openingId={one.id} onClose={() => setCounting(false)} />}
    </div>
  );
}

function Pictures({ box, ids }: { box: Box; ids: readonly string[] }) {
  const { t } = useTranslation('console');
  return (
    <span className="row">
      {ids.map((attachmentId, place) => (
        <a
          key={attachmentId}
          className="button button-secondary"
          href={addressOf(routes.attachment.read, { params: { attachmentId } })}
          aria-label={t('boxes.photo', { number: box.number, place: place + 1 })}
        >
          {t('boxes.photoShort', { place: place + 1 })}
        </a>
      ))}
    </span>
  );
}
