import type { createController } from "@remote-ui/react/host";
import { Accordion } from "./accordion.tsx";
import { BarChart } from "./bar-chart.tsx";
import { Button, ButtonRow, LoadingButton, StatusTag, Tag } from "./buttons.tsx";
import { Form, Select, TextArea } from "./forms.tsx";
import { Input, MultiSelect, NumberInput } from "./inputs.tsx";
import { AutoGrid, Divider, Flex, Inline, List } from "./layout.tsx";
import { LineChart } from "./line-chart.tsx";
import { Link, PageLink } from "./links.tsx";
import { ProgressBar, Statistics, StatisticsItem } from "./numbers.tsx";
import { Modal, ModalBody, Panel, PanelBody, PanelSection, Tooltip } from "./overlay.tsx";
import { Alert, EmptyState, ErrorState, LoadingSpinner } from "./states.tsx";
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from "./table.tsx";
import { Tab, Tabs } from "./tabs.tsx";
import { Heading, PageTitle, Text } from "./text.tsx";

/**
 * Our own plain HTML for every HubSpot component that a card uses. Not HubSpot's look: only what a component is for.
 * A name that is missing here stops the card; a test walks the cards' imports.
 */
export const hostComponents = {
  Accordion,
  Alert,
  AutoGrid,
  BarChart,
  Button,
  ButtonRow,
  Divider,
  EmptyState,
  ErrorState,
  Flex,
  Form,
  Heading,
  Inline,
  Input,
  LineChart,
  Link,
  List,
  LoadingButton,
  LoadingSpinner,
  Modal,
  ModalBody,
  MultiSelect,
  NumberInput,
  PageLink,
  PageTitle,
  Panel,
  PanelBody,
  PanelSection,
  ProgressBar,
  Select,
  Statistics,
  StatisticsItem,
  StatusTag,
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
  TextArea,
  Tooltip,
} satisfies Parameters<typeof createController>[0];
