import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Button,
  Checkbox,
  Dialog,
  Form,
  PhotoField,
  say,
  Select,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';
import { countsOf, type Notes, NotesField } from './notes-field.tsx';

type Box = RouteOutput<typeof routes.cash.boxes>['items'][number];

/** Puts up a sealed box for a campaign that may take gifts now. */
export function SealForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState({ counterId: '', place: '', campaignId: '', sealNumber: '' });
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
  const counters = useRoute(routes.cash.counters).data?.items ?? [];
  const purposes = useRoute(routes.cash.purposes).data?.items ?? [];
  const campaigns = purposes.filter((one) => one.kind === 'campaign');
  const seal = useSend(routes.cash.sealBox);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      place: filled(value.place, t('boxes.place')),
      campaignId: filled(value.campaignId, t('boxes.campaign')),
      counterId: filled(value.counterId, t('boxes.counter')),
      sealNumber: filled(value.sealNumber, t('boxes.sealNumber')),
    });
    if (!fine) return;
    seal.run({ body: value }, (box) => {
      say(t('boxes.sealed', { number: box.number }));
      onDone();
    });
  }
  return (
    <section className="panel">
      <Form
        scope="seal"
        onSend={send}
        errors={checks.errors}
        refusal={seal.refusal}
        busy={seal.busy}
      >
        <div className="field-row">
          <TextField
            name="place"
            label={t('boxes.place')}
            value={value.place}
            onChange={(place) => update({ place })}
          />
          <TextField
            name="sealNumber"
            label={t('boxes.sealNumber')}
            value={value.sealNumber}
            onChange={(sealNumber) => update({ sealNumber })}
          />
        </div>
        <Select
          name="campaignId"
          label={t('boxes.campaign')}
          hint={campaigns.find((one) => one.id === value.campaignId)?.formSentence}
          placeholder=""
          value={value.campaignId}
          onChange={(campaignId) => update({ campaignId })}
          options={campaigns.map((one) => ({ value: one.id, label: one.label }))}
        />
        <Select
          name="counterId"
          label={t('boxes.counter')}
          placeholder=""
          value={value.counterId}
          onChange={(counterId) => update({ counterId })}
          options={counters.map((one) => ({
            value: one.id,
            label: `${one.area.name} · ${one.name}`,
          }))}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={seal.busy}>
            {t('boxes.sealSend')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

const opening = {
  sealFound: '',
  sealIntact: true,
  sealNext: '',
  note: '',
  attachmentIds: [] as string[],
};

/** The first person opens a box and counts. */
export function OpenDialog({ box, onClose }: { box: Box; onClose: () => void }) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState(opening);
  const [notes, setNotes] = useState<Notes>({});
  const update = (change: Partial<typeof opening>) => setValue((now) => ({ ...now, ...change }));
  const open = useSend(routes.cash.openBox);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      sealFound: filled(value.sealFound, t('boxes.sealFound')),
      attachmentIds: value.attachmentIds.length === 0 && t('boxes.protocolHint'),
    });
    if (!fine) return;
    const body = { ...value, counted: countsOf(notes) };
    open.run({ params: { boxId: box.id }, body }, () => {
      say(t('boxes.opened'));
      onClose();
    });
  }
  return (
    <Dialog title={t('boxes.openFor', { number: box.number })} open wide onClose={onClose}>
      <Form
        scope="open"
        onSend={send}
        errors={checks.errors}
        refusal={open.refusal}
        busy={open.busy}
      >
        <TextField
          name="sealFound"
          label={t('boxes.sealFound')}
          value={value.sealFound}
          onChange={(sealFound) => update({ sealFound })}
        />
        <Checkbox
          name="sealIntact"
          label={t('boxes.sealIntact')}
          checked={value.sealIntact}
          onChange={(sealIntact) => update({ sealIntact })}
        />
        <NotesField value={notes} onChange={setNotes} />
        <TextField
          name="sealNext"
          label={t('boxes.sealNext')}
          hint={t('boxes.sealNextHint')}
          optional
          value={value.sealNext}
          onChange={(sealNext) => update({ sealNext })}
        />
        <TextArea
          name="note"
          label={t('boxes.note')}
          hint={t('boxes.noteHint')}
          optional
          rows={2}
          most={2000}
          value={value.note}
          onChange={(note) => update({ note })}
        />
        <PhotoField
          name="attachmentIds"
          label={t('boxes.protocol')}
          hint={t('boxes.protocolHint')}
          value={value.attachmentIds}
          onChange={(attachmentIds) => update({ attachmentIds })}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={open.busy}>
            {t('boxes.openSend')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

interface SecondProps {
  box: Box;
  openingId: string;
  onClose: () => void;
}

/** The second person counts without seeing what the first one counted. */
export function SecondDialog({ box, openingId, onClose }: SecondProps) {
  const { t } = useTranslation('console');
  const [notes, setNotes] = useState<Notes>({});
  const confirm = useSend(routes.cash.confirmOpening);
  return (
    <Dialog title={t('boxes.confirmFor', { number: box.number })} open onClose={onClose}>
      <p className="soft">{t('boxes.confirmLead')}</p>
      <Form
        scope="second"
        refusal={confirm.refusal}
        busy={confirm.busy}
        onSend={() =>
          confirm.run({ params: { openingId }, body: { counted: countsOf(notes) } }, () => {
            say(t('boxes.confirmed'));
            onClose();
          })
        }
      >
        <NotesField value={notes} onChange={setNotes} />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={confirm.busy}>
            {t('boxes.confirmSend')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
