/** What stands at the head of an exported session. */
export interface ExportFacts {
  readonly title: string;
  readonly agent: string;
  /** The folder that the agent worked in. */
  readonly folder: string;
  /** ISO 8601. */
  readonly exportedAt: string;
}
