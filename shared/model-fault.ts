/** Something wrong with a model although each of its fields is well formed. The message holds the remedy. */
export interface ModelFault {
  readonly path: (string | number)[];
  readonly message: string;
}
