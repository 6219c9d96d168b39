// Generated from pvw_desktop/protocol/messages by `make generate`. Do not edit.

export const PROTOCOL_VERSION = 2;

export const SUBPROTOCOL = "pvw.v2";

/** The largest image. */
export const MAX_IMAGE = { width: 7680, height: 4320 };

/** The folder that was chosen; null where the person closed the dialog. */
export interface AddedRoot {
  root: Root | null;
}

/** An OpenRPC 1.3 document. */
export interface ApiDocument {
  openrpc: string;
  info: Record<string, unknown>;
  methods: Record<string, unknown>[];
}

/** VTK's property of an actor. */
export interface Appearance {
  style: "surface" | "wireframe" | "points";
  color: [number, number, number];
  opacity: number;
  edges: boolean;
  edge_color: [number, number, number];
  /** pixels */
  line_width: number;
  /** pixels */
  point_size: number;
  /** flat instead of Gouraud shading */
  flat: boolean;
  lighting: boolean;
  ambient: number;
  diffuse: number;
  specular: number;
  specular_power: number;
  specular_color: [number, number, number];
  ambient_color: [number, number, number];
  cull: "none" | "back" | "front";
}

/** Who looks. While a client draws by itself and others look on, it sends its cameras as it moves. */
export interface Audience {
  /** connections that joined */
  clients: number;
}

/** ParaView's axes grid. */
export interface AxesGrid {
  bounds: number[];
  titles: [string, string, string];
  color: [number, number, number];
  grid: boolean;
  font_size: number;
}

/** An array that a scene needs. Its bytes are `GET /s/<id>/blob/<hash>`, little-endian, encoded as the answer's header `PVW-Codec` says (docs/protocol.md, Geometry). */
export interface Blob {
  /** 32 hexadecimal digits over type, components and content */
  hash: string;
  type: "float32" | "float64" | "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32";
  /** numbers per item */
  components: number;
  items: number;
  use: "points" | "normals" | "indices" | "scalars" | "texcoords" | "texture" | "annotations" | "volume";
}

/** VTK's camera, in world coordinates. */
export interface Camera {
  position: [number, number, number];
  focal_point: [number, number, number];
  view_up: [number, number, number];
  /** degrees */
  view_angle: number;
  /** half the height of the image in world units */
  parallel_scale: number;
  /** parallel instead of perspective projection */
  parallel: boolean;
}

/** Sources and filters, by label. */
export interface Catalog {
  items: CatalogItem[];
}

/** A source or filter that ParaView offers. */
export interface CatalogItem {
  /** sources or filters */
  group: string;
  /** ParaView's proxy name */
  name: string;
  label: string;
  help: string;
  /** why it cannot be created with this input; null where it can */
  reason: string | null;
  /** what to know before it is applied: it may crash ParaView */
  warning: string | null;
}

/** All sources and filters. With `node`, each filter says whether it accepts that node's output. */
export interface CatalogList {
  node?: string | null;
  /** index of an output port */
  port?: number;
}

/** New values for some properties of one proxy. */
export interface Change {
  /** id of a proxy, as the topics give it */
  id: string;
  values: Record<string, unknown>;
}

/** One value of an enumeration or list. */
export interface Choice {
  value: unknown;
  label: string;
}

/** Switches an array's colour map between linear and logarithmic. */
export interface ColorLog {
  map: string;
  log: boolean;
}

/** The colour map of an array: `color/<map>`. */
export interface ColorMap {
  map: string;
  range: [number, number];
  log: boolean;
  /** name of the preset chosen last */
  preset: string | null;
  /** #rrggbb at equal steps over the range, for a legend or a preview */
  colors: string[];
  nan_color: string;
  title: string;
}

/** Gives an array's colour map the colours of a preset; the range stays. */
export interface ColorPreset {
  map: string;
  preset: string;
  invert?: boolean;
}

/** The colour maps that ParaView ships. */
export interface ColorPresets {
}

/** Fits the colour map of what a port is coloured by: to its data now, to the data of all time steps, to what is visible, or to the numbers given. */
export interface ColorRescale {
  /** id of a proxy, as the topics give it */
  node: string;
  mode?: "data" | "time" | "visible" | "custom";
  /** low and high, for mode custom */
  range?: [number, number] | null;
  /** index of an output port */
  port?: number;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** Shows or hides the scalar bar of what a port is coloured by. */
export interface ColorScalarBar {
  /** id of a proxy, as the topics give it */
  node: string;
  visible: boolean;
  /** index of an output port */
  port?: number;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** How scalars become colours: `colors` are RGB samples, one for each equal part of `range`, in log10 of it where `log`. */
export interface ColorTable {
  /** red, green, blue, each 0 to 255; a sample for each of so many equal parts */
  colors: number[];
  range: [number, number];
  log: boolean;
  nan_color: [number, number, number];
  below: [number, number, number] | null;
  above: [number, number, number] | null;
  /** -1: the magnitude */
  component: number;
  /** 0 to 1, one for each sample; null: opaque */
  opacity: number[] | null;
}

/** What a representation is coloured by. */
export interface Coloring {
  array: string;
  association: "POINTS" | "CELLS" | "FIELD" | "VERTICES" | "EDGES" | "ROWS";
  /** -1 is the magnitude (of one component: the value) */
  component: number;
  /** name of the topic color/<map> */
  map: string;
  /** whether the scalar bar is shown */
  scalar_bar: boolean;
}

/** Why the ParaView process is no more. */
export interface Crash {
  /** one sentence, such as: ParaView was ended by signal 11 (segmentation fault) */
  reason: string;
  exit_code: number | null;
  /** SIGSEGV, SIGKILL …; null where the process ended by itself */
  signal: string | null;
  /** words of the job that was running; null where it was idle */
  during: string | null;
  /** the last lines it printed */
  log: string[];
  /** whether saved work is there to bring back */
  restorable: boolean;
  /** Unix time in s at which it restarts by itself; null where it waits */
  restart_at: number | null;
  /** what to bring back without what crashed it: a step that crashed is not in the saved work; where bringing the work back crashed, the work before its last step, then nothing */
  restore: "all" | "previous" | "nothing";
}

/** A data array, with the range of each component over the current time step. */
export interface DataArray {
  name: string;
  association: "POINTS" | "CELLS" | "FIELD" | "VERTICES" | "EDGES" | "ROWS";
  /** number of components */
  components: number;
  /** empty where the data names none */
  component_names: string[];
  /** per component; with several, the magnitude's first */
  ranges: ([number, number] | null)[];
  /** VTK's name of the value type, such as float or int */
  type: string;
}

/** Shows or enables a property by the value of another of the same proxy, or of one of several. */
export interface Decoration {
  mode: "visibility" | "enabled";
  property: string;
  /** one of which is met; for a proxy, ids of `proxies` */
  values: unknown[];
  inverse: boolean;
  /** how the property's value has to stand to one of `values` */
  compare: "equals" | "greater" | "less" | "contains";
  /** one that holds is as good as this one */
  alternatives: Decoration[];
}

/** How a view shows an output port: `display/<view>/<node>/<port>`. */
export interface Display {
  /** id of a proxy, as the topics give it */
  view: string;
  /** id of a proxy, as the topics give it */
  node: string;
  /** index of an output port */
  port: number;
  /** id of the representation proxy: its properties are in proxy/<id> */
  representation_id: string;
  visible: boolean;
  /** such as Surface With Edges */
  representation: string;
  representations: string[];
  /** what it can be coloured by */
  arrays: DataArray[];
  /** null: solid color */
  coloring: Coloring | null;
  /** red, green, blue, each 0 to 1 */
  solid_color: number[];
  /** 0 to 1 */
  opacity: number;
  /** pixels */
  point_size: number;
  /** pixels */
  line_width: number;
}

/** Colours by an array (null: solid color). A colour map that was never used is fitted to the data. */
export interface DisplayColorBy {
  /** id of a proxy, as the topics give it */
  node: string;
  array?: string | null;
  association?: "POINTS" | "CELLS" | "FIELD";
  /** -1 is the magnitude */
  component?: number;
  /** index of an output port */
  port?: number;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** Changes the representation type. */
export interface DisplayRepresentation {
  /** id of a proxy, as the topics give it */
  node: string;
  representation: string;
  /** index of an output port */
  port?: number;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** Changes the plain looks; what is null stays. */
export interface DisplaySet {
  /** id of a proxy, as the topics give it */
  node: string;
  /** index of an output port */
  port?: number;
  opacity?: number | null;
  point_size?: number | null;
  line_width?: number | null;
  solid_color?: [number, number, number] | null;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** Shows or hides an output port in a view. */
export interface DisplayShow {
  /** id of a proxy, as the topics give it */
  node: string;
  visible: boolean;
  /** index of an output port */
  port?: number;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** A file of the person's, as a browser tells it: without its folder. */
export interface DroppedFile {
  name: string;
  /** bytes */
  size: number;
  /** SHA-256, in hex, over 16 blocks of 65536 bytes, block i beginning at i * (size - 65536) / 15 rounded down; over the whole of a file of up to 16 * 65536 bytes; null where its content cannot be read */
  digest: string | null;
}

/** A folder, a file, or a series of numbered files shown as one. */
export interface Entry {
  name: string;
  /** relative to the root; of a series, its first file */
  path: string;
  kind: "folder" | "file" | "series";
  /** bytes; of a series, all its files together; 0 for a folder */
  size: number;
  /** Unix time in s */
  modified: number;
  /** number of files in the series */
  count: number;
  /** whether ParaView has a reader for the name */
  readable: boolean;
  /** whether it is a symbolic link */
  link: boolean;
  /** whether it is a link that leads nowhere */
  broken: boolean;
}

/** Lets the host choose a folder in the system's own dialog and adds it to the roots. Works where the application has a window; elsewhere the folder is named with --data. */
export interface FilesChooseFolder {
}

/** Builds an example dataset from ParaView's own sources. */
export interface FilesExample {
  /** surfaces of equal value in a scalar field, stream lines of a swirl, a box that moves with time */
  name: "contours" | "streamlines" | "motion";
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** Takes a file off the topic `recent`; the file itself stays. */
export interface FilesForgetRecent {
  id: string;
}

/** The entries of one folder. */
export interface FilesList {
  /** opaque id of a data folder */
  root: string;
  /** relative to the root, `/` between names, empty for the root itself; in a name `\\` is a backslash and `\xE9` a byte that is no UTF-8 */
  path?: string;
  /** whether names with a leading dot are shown */
  hidden?: boolean;
}

/** Looks for files that were dropped on a page in all data folders: those with the same name and content; without `digest` those with the same name and size, and then it is the person who has to say which. */
export interface FilesLocate {
  files: DroppedFile[];
}

/** Opens a data file, a series of numbered files (`series`, `path` being any of them), or a state file. */
export interface FilesOpen {
  /** opaque id of a data folder */
  root: string;
  /** relative to the root, `/` between names, empty for the root itself; in a name `\\` is a backslash and `\xE9` a byte that is no UTF-8 */
  path: string;
  series?: boolean;
  /** name of the reader to use; null lets ParaView choose */
  reader?: string | null;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** Opens a file of the topic `recent` again, wherever it lies. */
export interface FilesOpenRecent {
  id: string;
  /** name of the reader to use; null lets ParaView choose */
  reader?: string | null;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** The readers that can open a file. */
export interface FilesReaders {
  /** opaque id of a data folder */
  root: string;
  /** relative to the root, `/` between names, empty for the root itself; in a name `\\` is a backslash and `\xE9` a byte that is no UTF-8 */
  path: string;
}

/** The data folders. */
export interface FilesRoots {
}

/** Entries below a folder whose name holds all the words, at most `limit` of them. */
export interface FilesSearch {
  /** opaque id of a data folder */
  root: string;
  query: string;
  /** relative to the root, `/` between names, empty for the root itself; in a name `\\` is a backslash and `\xE9` a byte that is no UTF-8 */
  path?: string;
  limit?: number;
}

/** The places of one file. */
export interface FoundFile {
  places: Place[];
}

/** The places of each file, in the order they were asked for. */
export interface FoundFiles {
  files: FoundFile[];
  /** whether there was too much to look at everything */
  truncated: boolean;
}

/** Header of a binary frame; the payload is the encoded image, its top row first. */
export interface Frame {
  type: "frame";
  /** id of a proxy, as the topics give it */
  view: string;
  /** number of the image; grows, with gaps where newer images replaced older ones */
  seq: number;
  /** pixels of this image */
  width: number;
  /** pixels of this image */
  height: number;
  /** width and height of a full image of the view, as this one was rendered */
  full: [number, number];
  format: "jpeg" | "h264";
  /** can be decoded without the images before it; always so but for video */
  keyframe: boolean;
  /** a full image, after motion */
  still: boolean;
  /** coarse geometry */
  lod: boolean;
  /** 0 to 100, the encoder's */
  quality: number;
  /** the camera it was rendered with; null for a kind of view that has none */
  camera: Camera | null;
  /** newest view.camera.set it shows, where this client sent it; else 0 */
  motion: number;
  /** from the arrival of the camera to the begin of its render, milliseconds */
  wait_ms: number;
  /** render and read-back, milliseconds */
  render_ms: number;
  /** milliseconds */
  encode_ms: number;
}

/** What is known of an output port's data: `info/<node>/<port>`. */
export interface Information {
  /** id of a proxy, as the topics give it */
  node: string;
  /** index of an output port */
  port: number;
  /** such as Polygonal Mesh */
  type: string;
  points: number;
  cells: number;
  /** bytes */
  memory: number;
  /** xmin, xmax, ymin, ymax, zmin, zmax; null where there are no points */
  bounds: number[] | null;
  arrays: DataArray[];
  /** time steps, where the data has any */
  times: number[];
  /** number of datasets inside a composite one; 1 for a plain dataset */
  leaves: number;
}

/** How images are made while the camera moves. */
export interface InteractiveQuality {
  /** images a second to hold */
  rate: number;
  /** never smaller images, whatever the rate */
  full_size: boolean;
  /** allow coarse geometry (ParaView's LOD) where the rate asks for it */
  lod: boolean;
}

/** Something that takes time. */
export interface Job {
  id: string;
  text: string;
  /** 0 to 1; null where ParaView says nothing */
  fraction: number | null;
  /** Unix time in s */
  started: number;
  /** the pipeline node that works */
  node: string | null;
  /** ignored: it does not listen now; session.cancel with force ends it */
  cancel: "possible" | "asked" | "ignored";
}

/** What is running, the oldest first. */
export interface Jobs {
  jobs: Job[];
}

/** Longest string or list allowed. */
export interface Length {
  high: number;
}

/** A directional light. */
export interface Light {
  /** camera: fixed to the camera, in its own axes */
  kind: "camera" | "scene" | "headlight";
  position: [number, number, number];
  focal_point: [number, number, number];
  color: [number, number, number];
  intensity: number;
}

/** A folder's entries, folders first, names in natural order (2 before 10). */
export interface Listing {
  /** opaque id of a data folder */
  root: string;
  /** relative to the root, `/` between names, empty for the root itself; in a name `\\` is a backslash and `\xE9` a byte that is no UTF-8 */
  path: string;
  entries: Entry[];
  /** whether there are more entries than are shown */
  truncated: boolean;
}

/** The end of ParaView's log. */
export interface LogTail {
  lines: string[];
}

/** Points and what joins them. Index blobs have uint32 items: 3 numbers a triangle, 2 a line, 1 a vertex. */
export interface Mesh {
  points: Blob;
  normals: Blob | null;
  triangles: Blob | null;
  lines: Blob | null;
  vertices: Blob | null;
  /** lines between point ids: outlines of the cells, where not all are triangles */
  edges: Blob | null;
  /** one item for each point or cell */
  scalars: Blob | null;
  /** cells: one item for each of the mesh's, all of one kind */
  association: "POINTS" | "CELLS" | null;
  /** scalars are colours, 0 to 255, and need no table */
  direct_colors: boolean;
  texcoords: Blob | null;
  texture: Blob | null;
  texture_size: [number, number] | null;
}

/** What was looked for and how to get it. */
export interface MissingParaView {
  /** places, each with what was found there */
  searched: string[];
  /** what to do on this system */
  hint: string;
  /** the command that installs ParaView here, where there is one */
  command: string | null;
}

/** The node that came out of a request. */
export interface NodeRef {
  /** id of a proxy, as the topics give it */
  node: string;
}

/** An empty object. */
export interface Nothing {
}

/** Something worth a line on every page, such as a warning that a reader printed. */
export interface Notice {
  level: "info" | "warning" | "error";
  message: string;
  hint: string | null;
  log: string | null;
}

/** What opening came to: a new node, or `choose` where several readers fit equally well and the caller named none; a state file replaces the pipeline and gives neither. */
export interface Opened {
  node: string | null;
  /** the readers to choose from; empty where none is needed */
  choose: Reader[];
}

/** An output port as the Pipeline Browser shows it. */
export interface OutputPort {
  index: number;
  name: string;
  /** the views that show it */
  visible_in: string[];
  /** the views that can show it; none before the first apply */
  can_show_in: string[];
}

/** All nodes, inputs before what depends on them. */
export interface Pipeline {
  nodes: PipelineNode[];
  /** the first view, which is meant where a request names none */
  view: string | null;
}

/** Removes every node. */
export interface PipelineClear {
}

/** Adds a source or filter with default properties. It runs at the first proxy.apply. */
export interface PipelineCreate {
  group: "sources" | "filters";
  name: string;
  inputs?: Port[];
}

/** Removes a node that nothing depends on; what it hid when it was applied is shown again. */
export interface PipelineDelete {
  /** id of a proxy, as the topics give it */
  node: string;
}

/** A reader, source or filter. */
export interface PipelineNode {
  /** id of a proxy, as the topics give it */
  node: string;
  name: string;
  /** ParaView's label of the proxy, such as Contour */
  type: string;
  /** ParaView's proxy name */
  proxy: string;
  group: string;
  inputs: Port[];
  ports: OutputPort[];
  /** new: never applied; modified: has no result of its properties; error: the last apply failed, see `message` */
  state: "new" | "modified" | "ok" | "error";
  /** what went wrong, or what to know before the first apply */
  message: string | null;
  /** name of the file it reads, without its folder */
  file: string | null;
}

/** Gives a node another name. */
export interface PipelineRename {
  /** id of a proxy, as the topics give it */
  node: string;
  name: string;
}

/** Where a file lies. */
export interface Place {
  /** opaque id of a data folder */
  root: string;
  /** relative to the root, `/` between names, empty for the root itself; in a name `\\` is a backslash and `\xE9` a byte that is no UTF-8 */
  path: string;
  /** its folder, for reading */
  folder: string;
  /** path of the first file of the series it belongs to */
  series: string | null;
  /** number of files in that series */
  count: number;
}

/** The gateway is there; `state` says whether ParaView is. */
export interface Pong {
  state: "missing" | "starting" | "ready" | "busy" | "stopping" | "gone" | "crashed";
}

/** An output port of a pipeline node. */
export interface Port {
  /** id of a proxy, as the topics give it */
  node: string;
  /** index of an output port */
  port?: number;
}

/** A colour map that ParaView ships. */
export interface Preset {
  name: string;
  /** #rrggbb at equal steps */
  colors: string[];
}

/** All presets, those of ParaView's own short list first. */
export interface PresetList {
  presets: Preset[];
}

/** One property: its value now and how to edit it. */
export interface Property {
  name: string;
  label: string;
  /** bool: true or false; number: a number; slider: a number; `low` and `high` are the ends of the useful range; vector: a list of numbers, always as many; values: a list of numbers of any length; color: red, green, blue, each 0 to 1; choice: the `value` of one of `choices`; text: text; multiline: text of several lines; arrays: a list of [name, on] pairs; array: [association, name]; input: {node, port}; proxy: the id of one of `proxies`; file: the path of a file; label: read-only */
  widget: "bool" | "number" | "slider" | "vector" | "values" | "color" | "choice" | "text" | "multiline" | "arrays" | "array" | "input" | "proxy" | "file" | "label";
  value: unknown;
  /** null where ParaView has none */
  default: unknown;
  help: string;
  /** label of the property group */
  group: string | null;
  advanced: boolean;
  integer: boolean;
  /** smallest value; of `slider` and `values`, the low end of the useful range */
  low: number | null;
  /** largest value; of `slider` and `values`, the high end of the useful range */
  high: number | null;
  choices: Choice[];
  /** of widget proxy: what can be chosen, each with its own properties */
  proxies: ProxyState[];
  decorations: Decoration[];
}

/** Sets properties of pipeline nodes and of the proxies inside them, runs what depends on them, and shows nodes that were never applied. Where it fails or is cancelled, the values are as before. */
export interface ProxyApply {
  changes: Change[];
  /** the node to run, where it differs from the first change */
  node?: string | null;
  /** the view it is about; null: the first one */
  view?: string | null;
}

/** Sets properties of a representation or view at once; a slider may send many, the last one counts. */
export interface ProxySet {
  /** id of a proxy, as the topics give it */
  id: string;
  values: Record<string, unknown>;
}

/** A proxy and its properties: `proxy/<id>` is a pipeline node, a representation or a view. */
export interface ProxyState {
  /** id of a proxy, as the topics give it */
  id: string;
  kind: "source" | "representation" | "view" | "proxy";
  /** ParaView's proxy name */
  name: string;
  label: string;
  help: string;
  properties: Property[];
}

/** Smallest and largest number allowed, both included. */
export interface Range {
  low: number | null;
  high: number | null;
}

/** A reader that fits a file. */
export interface Reader {
  /** ParaView's name of the reader proxy */
  name: string;
  group: string;
  label: string;
}

/** Readers that fit, ParaView's own choice first. */
export interface ReaderList {
  readers: Reader[];
}

/** Files opened before, the newest first. */
export interface Recent {
  files: RecentFile[];
}

/** A file that was opened before. */
export interface RecentFile {
  id: string;
  name: string;
  /** its folder, shortened for reading */
  folder: string;
  /** Unix time in s */
  opened: number;
  series: boolean;
}

/** A data folder that was opened to the page. */
export interface Root {
  /** opaque id of a data folder */
  root: string;
  label: string;
  /** one sentence where the folder cannot be read */
  problem: string | null;
}

/** The data folders, the first one being where a file browser starts. */
export interface RootList {
  roots: Root[];
}

/** The OpenRPC document of what this client may call. */
export interface RpcDiscover {
}

/** What a view shows, as geometry: `scene/<view>`, and `scene/<view>/lod` for a coarse copy. */
export interface Scene {
  /** id of a proxy, as the topics give it */
  view: string;
  /** grows with each change of anything in it */
  version: number;
  /** a coarse copy, for drawing while the camera moves */
  lod: boolean;
  /** of all arrays but the annotations, before compression; an estimate where parts is empty */
  bytes: number;
  /** why the page cannot draw all of it: a sentence; null where it can */
  unsupported_reason: string | null;
  parts: ScenePart[];
  lights: Light[];
  /** one colour, or bottom and top of a gradient */
  background: [number, number, number][];
  /** RGBA rows, bottom first: scalar bars and text, drawn above everything */
  annotations: Blob | null;
  annotations_size: [number, number] | null;
  orientation_axes: boolean;
  axes_grid: AxesGrid | null;
}

/** One thing to draw: a mesh or a volume. */
export interface ScenePart {
  /** stays the same while the thing does */
  id: string;
  /** the pipeline node it belongs to */
  node: string | null;
  port: number;
  /** name or number of the block of a composite dataset */
  block: string | null;
  appearance: Appearance;
  /** 4 × 4, row by row; null: none */
  matrix: number[] | null;
  colors: ColorTable | null;
  mesh: Mesh | null;
  volume: Volume | null;
  /** name of the scalars */
  array: string | null;
}

/** The ParaView process: what it is doing and what it is. */
export interface ServerStatus {
  state: "missing" | "starting" | "ready" | "busy" | "stopping" | "gone" | "crashed";
  /** what is happening now, for a person */
  text: string;
  /** Unix time in s of the last change of state */
  since: number;
  /** version, such as 5.11.0 */
  paraview: string | null;
  /** version of the Python inside ParaView */
  python: string | null;
  /** OpenGL renderer */
  renderer: string | null;
  pid: number | null;
  crash: Crash | null;
  missing: MissingParaView | null;
}

/** Asks the running job to stop at its next progress event. With `force`, stops the ParaView process and brings the work back as it was before the job, for filters that do not listen. */
export interface SessionCancel {
  /** id of the job, as the topic `jobs` gives it */
  job: string;
  force?: boolean;
}

/** Joins the session. Images and `state.changed` follow from here on. First call on every connection. */
export interface SessionHello {
  /** name and version of the client program */
  client?: string;
  /** whether this client wants images */
  images?: boolean;
  /** whether it can decode H.264 (Annex B, baseline profile) in frames */
  video?: boolean;
}

/** The last lines that ParaView and the server printed. */
export interface SessionLog {
}

/** Answered by the gateway at once, whatever ParaView is doing. */
export interface SessionPing {
}

/** Ends the application: window, gateway and ParaView. */
export interface SessionQuit {
}

/** Starts ParaView again after a crash, or instead of the one that runs. */
export interface SessionRestart {
  /** the saved work, the work before its last step, or an empty session */
  restore?: "all" | "previous" | "nothing";
  /** render without the graphics driver */
  software?: boolean;
  /** another pvpython to use from now on */
  pvpython?: string | null;
}

/** All topics this client may see, at one moment. */
export interface Snapshot {
  /** this connection's id */
  client: string;
  role: "watch" | "control" | "host";
  app_version: string;
  topics: TopicUpdate[];
}

/** New values of the topics that changed since the snapshot or the last notification. */
export interface StateChanged {
  changes: TopicUpdate[];
}

/** The time steps of all data together, and where the session is. */
export interface Time {
  /** ascending; empty where no data has time */
  values: number[];
  time: number;
  /** index of `time` in values; null where it lies between */
  index: number | null;
  playing: boolean;
  loop: boolean;
}

/** Plays from here, or stops (`playing` false). */
export interface TimePlay {
  playing: boolean;
  loop?: boolean | null;
  /** time steps per second at most */
  rate?: number;
}

/** Goes to a time step, by its index in the topic `time`; or to a time, which may lie between steps. */
export interface TimeSet {
  time?: number | null;
  /** of the steps in `values`; steps may be too near each other to name them by time */
  index?: number | null;
}

/** Goes to the first, previous, next or last time step. */
export interface TimeStep {
  to: "first" | "previous" | "next" | "last";
}

/** The new value of one topic; null where the topic is gone. */
export interface TopicUpdate {
  name: string;
  /** grows by one with each change of this topic */
  version: number;
  value: unknown;
}

/** A render view: `view/<id>`. */
export interface View {
  /** id of a proxy, as the topics give it */
  view: string;
  kind: "render";
  /** pixels of a full image */
  width: number;
  /** pixels of a full image */
  height: number;
  /** device pixels per CSS pixel: text and lines grow with it */
  ratio: number;
  /** as of the last change of a topic; see camera_version */
  camera: Camera;
  /** grows when the camera was changed by something else than view.camera.set */
  camera_version: number;
  center_of_rotation: [number, number, number];
  /** of everything visible; null where nothing is */
  bounds: number[] | null;
  orientation_axes: boolean;
  /** red, green, blue, each 0 to 1 */
  background: number[];
  quality: InteractiveQuality;
}

/** This client has drawn the image `seq`. At most two images are under way unacknowledged. */
export interface ViewAck {
  /** id of a proxy, as the topics give it */
  view: string;
  seq: number;
}

/** Another client moved the camera. Goes to clients that draw locally; the others see it in the images. */
export interface ViewCameraMoved {
  /** id of a proxy, as the topics give it */
  view: string;
  camera: Camera;
  /** the client that moved it */
  client: string;
}

/** Shows everything, or one node (`node`), from where the camera is or along an axis. */
export interface ViewCameraReset {
  /** id of a proxy, as the topics give it */
  view: string;
  /** the way the camera looks; iso: from the (1,1,1) corner */
  direction?: "+x" | "-x" | "+y" | "-y" | "+z" | "-z" | "iso" | null;
  node?: string | null;
}

/** Moves the camera. Sent while the hand moves, at any rate: a newer one replaces one that waits. */
export interface ViewCameraSet {
  /** id of a proxy, as the topics give it */
  view: string;
  camera: Camera;
  /** grows by one with each call; images say the newest motion they show */
  motion?: number;
  /** more will follow: a quick image will do. false asks for a full one */
  interactive?: boolean;
}

/** Makes a new view, in which nothing is shown yet. */
export interface ViewCreate {
  kind?: "render";
}

/** Takes a view away, with all that is shown in it. The last one stays. */
export interface ViewDelete {
  /** id of a proxy, as the topics give it */
  view: string;
}

/** This client could not decode a video image: the view's next one must be decodable by itself (`keyframe`). */
export interface ViewKeyframe {
  /** id of a proxy, as the topics give it */
  view: string;
}

/** Who draws the view for this client. `remote`: the server, as images. `local`: the client, from geometry alone; no images are sent. `hybrid`: the client while the camera moves, from coarse geometry, and the server at rest. The topic `scene/<view>` is kept while a client has a `limit`, and `scene/<view>/lod` while one is in `hybrid`. As long as a client says nothing about a view, that is `remote` for it. */
export interface ViewMode {
  /** id of a proxy, as the topics give it */
  view: string;
  mode: "remote" | "local" | "hybrid";
  /** most bytes of geometry this client would draw, whatever the mode is now; 0: none */
  limit?: number;
}

/** Changes how images are made while the camera moves. */
export interface ViewQuality {
  /** id of a proxy, as the topics give it */
  view: string;
  quality: InteractiveQuality;
}

/** The view that came out of a request. */
export interface ViewRef {
  /** id of a proxy, as the topics give it */
  view: string;
}

/** Changes what a view shows around the data; what is null stays. */
export interface ViewSet {
  /** id of a proxy, as the topics give it */
  view: string;
  orientation_axes?: boolean | null;
  parallel?: boolean | null;
  /** red, green, blue, each 0 to 1 */
  background?: [number, number, number] | null;
}

/** Sets the size of full images, in device pixels. 7680 x 4320 is the most; more is scaled down to it. */
export interface ViewSize {
  /** id of a proxy, as the topics give it */
  view: string;
  width: number;
  height: number;
  /** device pixels per CSS pixel: text and lines grow with it */
  ratio?: number;
}

/** Whether this client shows the view at all: of a hidden one it gets no images. It shows all until it says so. */
export interface ViewVisible {
  /** id of a proxy, as the topics give it */
  view: string;
  visible: boolean;
}

/** A regular grid of scalars, drawn as a volume; x runs fastest. */
export interface Volume {
  scalars: Blob;
  dimensions: [number, number, number];
  origin: [number, number, number];
  spacing: [number, number, number];
  /** 3 × 3, row by row */
  direction: number[];
  /** scalar, opacity, scalar, opacity … */
  opacity: number[];
  unit_distance: number;
  shade: boolean;
  /** as VTK's blend mode */
  blend: "composite" | "maximum" | "minimum" | "average" | "additive";
  linear: boolean;
}

/** A second start of the application handed over; the page brings itself up. */
export interface WindowRaise {
}

/** Requests: parameters and result. */
export interface Requests {
  /** All sources and filters. With `node`, each filter says whether it accepts that node's output. Lowest role: control. */
  "catalog.list": { params: CatalogList; result: Catalog };
  /** Switches an array's colour map between linear and logarithmic. Lowest role: control. */
  "color.log": { params: ColorLog; result: Nothing };
  /** Gives an array's colour map the colours of a preset; the range stays. Lowest role: control. */
  "color.preset": { params: ColorPreset; result: Nothing };
  /** The colour maps that ParaView ships. Lowest role: control. */
  "color.presets": { params: ColorPresets; result: PresetList };
  /** Fits the colour map of what a port is coloured by: to its data now, to the data of all time steps, to what is visible, or to the numbers given. Lowest role: control. */
  "color.rescale": { params: ColorRescale; result: Nothing };
  /** Shows or hides the scalar bar of what a port is coloured by. Lowest role: control. */
  "color.scalar_bar": { params: ColorScalarBar; result: Nothing };
  /** Colours by an array (null: solid color). A colour map that was never used is fitted to the data. Lowest role: control. */
  "display.color_by": { params: DisplayColorBy; result: Nothing };
  /** Changes the representation type. Lowest role: control. */
  "display.representation": { params: DisplayRepresentation; result: Nothing };
  /** Changes the plain looks; what is null stays. Lowest role: control. */
  "display.set": { params: DisplaySet; result: Nothing };
  /** Shows or hides an output port in a view. Lowest role: control. */
  "display.show": { params: DisplayShow; result: Nothing };
  /** Lets the host choose a folder in the system's own dialog and adds it to the roots. Works where the application has a window; elsewhere the folder is named with --data. Lowest role: host. */
  "files.choose_folder": { params: FilesChooseFolder; result: AddedRoot };
  /** Builds an example dataset from ParaView's own sources. Lowest role: control. */
  "files.example": { params: FilesExample; result: NodeRef };
  /** Takes a file off the topic `recent`; the file itself stays. Lowest role: host. */
  "files.forget_recent": { params: FilesForgetRecent; result: Nothing };
  /** The entries of one folder. Lowest role: control. */
  "files.list": { params: FilesList; result: Listing };
  /** Looks for files that were dropped on a page in all data folders: those with the same name and content; without `digest` those with the same name and size, and then it is the person who has to say which. Lowest role: control. */
  "files.locate": { params: FilesLocate; result: FoundFiles };
  /** Opens a data file, a series of numbered files (`series`, `path` being any of them), or a state file. Lowest role: control. */
  "files.open": { params: FilesOpen; result: Opened };
  /** Opens a file of the topic `recent` again, wherever it lies. Lowest role: host. */
  "files.open_recent": { params: FilesOpenRecent; result: Opened };
  /** The readers that can open a file. Lowest role: control. */
  "files.readers": { params: FilesReaders; result: ReaderList };
  /** The data folders. Lowest role: control. */
  "files.roots": { params: FilesRoots; result: RootList };
  /** Entries below a folder whose name holds all the words, at most `limit` of them. Lowest role: control. */
  "files.search": { params: FilesSearch; result: Listing };
  /** Removes every node. Lowest role: control. */
  "pipeline.clear": { params: PipelineClear; result: Nothing };
  /** Adds a source or filter with default properties. It runs at the first proxy.apply. Lowest role: control. */
  "pipeline.create": { params: PipelineCreate; result: NodeRef };
  /** Removes a node that nothing depends on; what it hid when it was applied is shown again. Lowest role: control. */
  "pipeline.delete": { params: PipelineDelete; result: Nothing };
  /** Gives a node another name. Lowest role: control. */
  "pipeline.rename": { params: PipelineRename; result: Nothing };
  /** Sets properties of pipeline nodes and of the proxies inside them, runs what depends on them, and shows nodes that were never applied. Where it fails or is cancelled, the values are as before. Lowest role: control. */
  "proxy.apply": { params: ProxyApply; result: Nothing };
  /** Sets properties of a representation or view at once; a slider may send many, the last one counts. Lowest role: control. */
  "proxy.set": { params: ProxySet; result: Nothing };
  /** The OpenRPC document of what this client may call. Lowest role: watch. */
  "rpc.discover": { params: RpcDiscover; result: ApiDocument };
  /** Asks the running job to stop at its next progress event. With `force`, stops the ParaView process and brings the work back as it was before the job, for filters that do not listen. Lowest role: control. */
  "session.cancel": { params: SessionCancel; result: Nothing };
  /** Joins the session. Images and `state.changed` follow from here on. First call on every connection. Lowest role: watch. */
  "session.hello": { params: SessionHello; result: Snapshot };
  /** The last lines that ParaView and the server printed. Lowest role: host. */
  "session.log": { params: SessionLog; result: LogTail };
  /** Answered by the gateway at once, whatever ParaView is doing. Lowest role: watch. */
  "session.ping": { params: SessionPing; result: Pong };
  /** Ends the application: window, gateway and ParaView. Lowest role: host. */
  "session.quit": { params: SessionQuit; result: Nothing };
  /** Starts ParaView again after a crash, or instead of the one that runs. Lowest role: host. */
  "session.restart": { params: SessionRestart; result: Nothing };
  /** Plays from here, or stops (`playing` false). Lowest role: control. */
  "time.play": { params: TimePlay; result: Nothing };
  /** Goes to a time step, by its index in the topic `time`; or to a time, which may lie between steps. Lowest role: control. */
  "time.set": { params: TimeSet; result: Nothing };
  /** Goes to the first, previous, next or last time step. Lowest role: control. */
  "time.step": { params: TimeStep; result: Nothing };
  /** Shows everything, or one node (`node`), from where the camera is or along an axis. Lowest role: control. */
  "view.camera.reset": { params: ViewCameraReset; result: Nothing };
  /** Makes a new view, in which nothing is shown yet. Lowest role: control. */
  "view.create": { params: ViewCreate; result: ViewRef };
  /** Takes a view away, with all that is shown in it. The last one stays. Lowest role: control. */
  "view.delete": { params: ViewDelete; result: Nothing };
  /** Changes how images are made while the camera moves. Lowest role: control. */
  "view.quality": { params: ViewQuality; result: Nothing };
  /** Changes what a view shows around the data; what is null stays. Lowest role: control. */
  "view.set": { params: ViewSet; result: Nothing };
  /** Sets the size of full images, in device pixels. 7680 x 4320 is the most; more is scaled down to it. Lowest role: control. */
  "view.size": { params: ViewSize; result: Nothing };
}

/** Notifications from client to server. */
export interface Notifications {
  "view.ack": ViewAck;
  "view.camera.set": ViewCameraSet;
  "view.keyframe": ViewKeyframe;
  "view.mode": ViewMode;
  "view.visible": ViewVisible;
}

export const METHOD_ROLES: Record<string, Role> = { "catalog.list": "control", "color.log": "control", "color.preset": "control", "color.presets": "control", "color.rescale": "control", "color.scalar_bar": "control", "display.color_by": "control", "display.representation": "control", "display.set": "control", "display.show": "control", "files.choose_folder": "host", "files.example": "control", "files.forget_recent": "host", "files.list": "control", "files.locate": "control", "files.open": "control", "files.open_recent": "host", "files.readers": "control", "files.roots": "control", "files.search": "control", "pipeline.clear": "control", "pipeline.create": "control", "pipeline.delete": "control", "pipeline.rename": "control", "proxy.apply": "control", "proxy.set": "control", "rpc.discover": "watch", "session.cancel": "control", "session.hello": "watch", "session.log": "host", "session.ping": "watch", "session.quit": "host", "session.restart": "host", "time.play": "control", "time.set": "control", "time.step": "control", "view.ack": "watch", "view.camera.reset": "control", "view.camera.set": "control", "view.create": "control", "view.delete": "control", "view.keyframe": "watch", "view.mode": "watch", "view.quality": "control", "view.set": "control", "view.size": "control", "view.visible": "watch" };
export type Role = "watch" | "control" | "host";

export interface Events {
  "frame": Frame;
  "session.notice": Notice;
  "state.changed": StateChanged;
  "view.camera.moved": ViewCameraMoved;
  "window.raise": WindowRaise;
}

export interface Topics {
  "audience": Audience;
  "jobs": Jobs;
  "pipeline": Pipeline;
  "recent": Recent;
  "server": ServerStatus;
  "time": Time;
  [key: `color/${string}`]: ColorMap;
  [key: `display/${string}`]: Display;
  [key: `info/${string}`]: Information;
  [key: `proxy/${string}`]: ProxyState;
  [key: `scene/${string}`]: Scene;
  [key: `view/${string}`]: View;
}
