import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of one long story each: begun last, they would keep one core waiting at the end. */
const LONG = /(?:tests\/browser\/(?:story|demo)|src\/demo\/demo)\.test\.ts$/;

/** Begins the longest files of each project first; the rest in Vitest's own order. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project.name);
    return [...byProject.values()].flatMap((group) => [
      ...group.filter(({ moduleId }) => LONG.test(moduleId)),
      ...group.filter(({ moduleId }) => !LONG.test(moduleId)),
    ]);
  }
}
