import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  Checkbox,
  Dialog,
  Form,
  PhotoField,
  say,
  Select,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { PanelForm } from '../parts/panel-form.tsx';
import { useSend } from '../parts/send.ts';
import { countsOf, type Notes, NotesField } from './notes-field.tsx';

type Box = RouteOutput<typeof routes.cash.boxes>['items'][number];

/** Puts up a sealed box for a campaign that may take gifts now. */
export function SealForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({ counterId: '', place: '', campaignId: '', sealNumber: '' });
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
    <PanelForm
      scope="seal"
      onSend={send}
      errors={checks.errors}
      call={seal}
      send={t('boxes.sealSend')}
    >
      <div className="field-row">
        <TextField {...field('place')} label={t('boxes.place')} />
        <TextField {...field('sealNumber')} label={t('boxes.sealNumber')} />
      </div>
      <Select
        {...field('campaignId')}
        label={t('boxes.campaign')}
        hint={campaigns.find((one) => one.id === value.campaignId)?.formSentence}
        placeholder=""
        options={campaigns.map((one) => ({ value: one.id, label: one.label }))}
      />
      <Select
        {...field('counterId')}
        label={t('boxes.counter')}
        placeholder=""
        options={counters.map((one) => ({
          value: one.id,
          label: `${one.area.name} · ${one.name}`,
        }))}
      />
    </PanelForm>
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
  const { value, field, tick } = useValues(opening);
  const [notes, setNotes] = useState<Notes>({});
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
        call={open}
        send={t('boxes.openSend')}
      >
        <TextField {...field('sealFound')} label={t('boxes.sealFound')} />
        <Checkbox {...tick('sealIntact')} label={t('boxes.sealIntact')} />
        <NotesField value={notes} onChange={setNotes} />
        <TextField
          {...field('sealNext')}
          label={t('boxes.sealNext')}
          hint={t('boxes.sealNextHint')}
          optional
        />
        <TextArea
          {...field('note')}
          label={t('boxes.note')}
          hint={t('boxes.noteHint')}
          optional
          rows={2}
          most={2000}
        />
        <PhotoField
          {...field('attachmentIds')}
          label={t('boxes.protocol')}
          hint={t('boxes.protocolHint')}
        />
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
        call={confirm}
        onSend={() =>
          confirm.run({ params: { openingId }, body: { counted: countsOf(notes) } }, () => {
            say(t('boxes.confirmed'));
            onClose();
          })
        }
        send={t('boxes.confirmSend')}
      >
        <NotesField value={notes} onChange={setNotes} />
      </Form>
    </Dialog>
  );
}
