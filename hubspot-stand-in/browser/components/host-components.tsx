import type { createController } from "@remote-ui/react/host";
import { Button, ButtonRow, LoadingButton, Tag } from "./buttons.tsx";
import { AutoGrid, Divider, Flex, Inline, List } from "./layout.tsx";
import { ProgressBar, Statistics, StatisticsItem } from "./numbers.tsx";
import { Panel, PanelBody, PanelSection, Tooltip } from "./overlay.tsx";
import { Alert, EmptyState, ErrorState, LoadingSpinner } from "./states.tsx";
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from "./table.tsx";
import { Tab, Tabs } from "./tabs.tsx";
import { Heading, Text } from "./text.tsx";

/**
 * Our own plain HTML for every HubSpot component that a card uses. Not HubSpot's look: only what a component is for.
 * A name that is missing here stops the card; a test walks the cards' imports.
 */
export const hostComponents = {
  Alert,
  AutoGrid,
  Button,
  ButtonRow,
  Divider,
  EmptyState,
  ErrorState,
  Flex,
  Heading,
  Inline,
  List,
  LoadingButton,
  LoadingSpinner,
  Panel,
  PanelBody,
  PanelSection,
  ProgressBar,
  Statistics,
  StatisticsItem,
  Tab,
  Table,
  TableBody,
  TableCell,
  TableFooter,
  TableHead,
  TableHeader,
  TableRow,
  Tabs,
  Tag,
  Text,
  Tooltip,
} satisfies Parameters<typeof createController>[0];
