import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import { bindTelephone, unbind } from './binding.service.ts';
import {
  addAssessment,
  answerRequest,
  askRequest,
  readMyData,
  readRequest,
} from './my-data.service.ts';
import { openField } from './claims.service.ts';
import { readPersonFile } from './file.service.ts';
import { createPerson } from './person.service.ts';
import { declareRelative, recordVisit, withdrawConsent } from './record.service.ts';
import { listAssessments } from './request.store.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { findPersons } from './search.service.ts';

const done = { ok: true } as const;

/** Files of persons, what is noted in them, and what people see and ask of their own. */
export function residentHandlers(needs: ResidentNeeds): Handlers<typeof routes.resident> {
  return {
    createPerson: ({ actor, body }) => createPerson(needs, actor, body),
    findPersons: ({ actor, query }) => findPersons(needs, actor, query),
    readPerson: ({ actor, params }) => readPersonFile(needs, actor, params.personId),
    openField: ({ actor, params, body }) => openField(needs, actor, { ...params, ...body }),
    bindAccount: async ({ actor, params, body }) => {
      await bindTelephone(needs, actor, { ...params, ...body });
      return done;
    },
    unbindAccount: async ({ actor, params }) => {
      await unbind(needs, actor, params.personId);
      return done;
    },
    recordVisit: ({ actor, body }) => recordVisit(needs, actor, body),
    declareRelative: async ({ actor, body }) => {
      await declareRelative(needs, actor, body);
      return done;
    },
    myData: ({ actor }) => readMyData(needs, actor),
    askCorrection: ({ actor, body }) => askRequest(needs, actor, body),
    readRequest: ({ actor, params }) => readRequest(needs, actor, params.requestId),
    answerRequest: async ({ actor, params, body }) => {
      await answerRequest(needs, actor, { id: params.requestId, answer: body.answer });
      return done;
    },
    withdrawConsent: async ({ actor, params }) => {
      await withdrawConsent(needs, actor, params.consentId);
      return done;
    },
    impactAssessments: async ({ actor }) => ({
      items: await needs.database.read(actor, listAssessments),
    }),
    addImpactAssessment: ({ actor, body }) => addAssessment(needs, actor, body),
  };
}
