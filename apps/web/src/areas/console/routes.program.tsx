import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area } from './routes.root.tsx';

const programs = createRoute({
  getParentRoute: () => area,
  path: 'programs',
  component: lazyRouteComponent(() => import('./pages/programs.tsx'), 'ProgramsPage'),
});

const newProgram = createRoute({
  getParentRoute: () => area,
  path: 'programs/new',
  component: lazyRouteComponent(() => import('./pages/program-edit.tsx'), 'NewProgramPage'),
});

const report = createRoute({
  getParentRoute: () => area,
  path: 'programs/report',
  component: lazyRouteComponent(() => import('./pages/program-report.tsx'), 'ProgramReportPage'),
});

const program = createRoute({
  getParentRoute: () => area,
  path: 'programs/$code',
  component: lazyRouteComponent(() => import('./pages/program.tsx'), 'ProgramPage'),
});

const editProgram = createRoute({
  getParentRoute: () => area,
  path: 'programs/$code/edit',
  component: lazyRouteComponent(() => import('./pages/program-edit.tsx'), 'ProgramEditPage'),
});

const whatIf = createRoute({
  getParentRoute: () => area,
  path: 'programs/$code/what-if',
  component: lazyRouteComponent(() => import('./pages/program-what-if.tsx'), 'WhatIfPage'),
});

/** Programmes: the list, one of them, its editor, and what moving a line would do. */
export const programRoutes = [programs, newProgram, report, program, editProgram, whatIf] as const;
