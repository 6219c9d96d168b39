// What every widget takes and gives: a property with its value now, and the new value.
import type { Property } from "../protocol.gen";

export interface WidgetProps {
  property: Property;
  value: unknown;
  disabled?: boolean;
  id: string;
}

export interface WidgetEmits {
  change: [value: unknown];
}
