// Command marsfix walks a help-desk engineer through Microsoft's article KB 4020490: the MARS Agent's upgrade fails with
// error 1612 because Windows Installer has lost its cached package.
//
// This file is the command line and the exit codes, nothing else.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"marsfix/logscan"
	"marsfix/steps"
	"marsfix/steps/bundle"
	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/offline"
	"marsfix/steps/practice"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk"
	"marsfix/steps/winmachine"
	"marsfix/ui"
	"marsfix/ui/flags"
)

// Exit codes beside those of a walk and of a verdict.
const (
	codeUsage    = 64 // wrong usage, a system without Windows Installer included
	codeInternal = 70 // a fault of marsfix itself; the screen has been restored
)

// version and commit are set when a release is built from a tag (-ldflags "-X main.version=… -X main.commit=…").
var (
	version = "1.1.0-dev"
	commit  = ""
)

// usage is what marsfix --help prints; a test holds that it fits 80x24 and names every command and flag.
const usage = `marsfix puts a lost package back into the Windows Installer cache, so that the
upgrade of the MARS Agent stops failing with error 1612 (Microsoft KB 4020490).

  marsfix              the wizard on this computer, as administrator
  marsfix practice     the wizard on a practice computer, on any system
  marsfix diagnose     look only, change nothing
  marsfix undo         take back the copy that marsfix made
  marsfix bundle       one zip for Microsoft Support, without secrets

Wizard and practice:   --installer FILE   --patch-log FILE   --setup-log FILE
                       --plain   --no-color   --ascii   --report DIR
Practice:              --scenario NAME   --list   --keep DIR
Diagnose:              --json or --line   --root DIR   --report DIR
Bundle:                --out FILE   --hide-users
Anywhere:              --help   --version

Exit codes:            0 good, 1 failed or refused, 3 left by the engineer,
                       64 wrong usage, 70 internal error
      of diagnose:     0 healthy, 1 repair needed, 2 unclear
More on a command:     marsfix practice --help
`

// runner is a command: it tells the exit code.
type runner interface{ run(*app) (int, error) }

// commandLine is every command and flag.
func commandLine() []flags.Command[runner] {
	wizard, walk, look, undo, bundle := &wizardCmd{}, &practiceCmd{}, &diagnoseCmd{}, &undoCmd{}, &bundleCmd{}
	return []flags.Command[runner]{
		{Help: "The wizard on this computer.", Flags: wizard.walkFlags.flags(), Do: wizard},
		{Name: "practice", Help: "The wizard on a practice computer, on any system.", Flags: walk.flags(), Do: walk},
		{Name: "diagnose", Help: "Look only, change nothing. Exit code: 0 healthy, 1 repair needed, 2 unclear.", Flags: look.flags(), Do: look},
		{Name: "undo", Help: "Take back the copy that marsfix made, if it is still that file.", Do: undo},
		{Name: "bundle", Help: "Pack logs, registration, journal and report into one zip for Microsoft Support.", Flags: bundle.flags(), Do: bundle},
	}
}

// walkFlags are those of the wizard, on whatever computer.
type walkFlags struct {
	Installer, PatchLog, SetupLog, Report string
	Plain, NoColor, ASCII                 bool
}

func (f *walkFlags) flags() []flags.Flag {
	return []flags.Flag{
		{Name: "installer", Value: "FILE", Help: "The update installer (MARSAgentInstaller.exe).", Text: &f.Installer},
		{Name: "patch-log", Value: "FILE", Help: "The OBPatch.log to read.", Text: &f.PatchLog},
		{Name: "setup-log", Value: "FILE", Help: "The OBInstaller0Curr.errlog to read.", Text: &f.SetupLog},
		{Name: "plain", Help: "Lines instead of screens: for screen readers, serial consoles, recordings.", On: &f.Plain},
		{Name: "no-color", Help: "No colours (the variable NO_COLOR does the same).", On: &f.NoColor},
		{Name: "ascii", Help: "Draw with ASCII characters only.", On: &f.ASCII},
		{Name: "report", Value: "DIR", Help: "Write the report into DIR instead of the computer's own folder.", Text: &f.Report},
	}
}

// app is what commands need of the world.
type app struct {
	ctx      context.Context
	in, out  *os.File
	errOut   io.Writer
	events   <-chan screen.Event // the signals to leave, of a command that walks
	practice practiceHands
}

// text is standard output as lines of text.
func (a *app) text() io.Writer { return ui.Text(a.out) }

// practiceHands are what a practice computer is given: time as it passes for people, and in tests a disk that breaks.
type practiceHands struct {
	wait   func(context.Context, time.Duration) error // nil: no time passes
	around func(*practice.Machine) computer.Machine   // nil: nothing is put around it
}

// walks lets the signals to leave be events of a walk, from here to the end of the program.
func (a *app) walks() { a.events = ui.Signals(a.ctx) }

// stoppable lets the signals to leave end what a command does that does not walk.
func (a *app) stoppable() (stop context.CancelFunc) {
	a.ctx, stop = ui.Stoppable(a.ctx)
	return stop
}

// leftOr is the exit code of a failure: one that comes of being told to stop is none.
func (a *app) leftOr(code int) int {
	if a.ctx.Err() != nil {
		return steps.CodeLeft
	}
	return code
}

// hinted is an error with the next action, ready to type.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

func main() {
	winmachine.RestrictDLLSearch() // before anything else can load a DLL from the folder that marsfix lies in
	wait := winmachine.KeepConsole(os.Stdin, os.Stdout)
	code := run(os.Args[1:], practiceHands{wait: practice.Sleep})
	wait("press Enter to close")
	os.Exit(code)
}

// run does what the command line asks for and tells the exit code.
func run(args []string, hands practiceHands) (code int) {
	defer func() {
		if r := recover(); r != nil {
			code = internal(ui.Text(os.Stderr), r, debug.Stack())
		}
	}()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	a := &app{ctx: ctx, in: os.Stdin, out: os.Stdout, errOut: ui.Text(os.Stderr), practice: hands}
	code, err := a.dispatch(args)
	if err != nil {
		code = failed(ui.Text(os.Stderr), code, err)
	}
	return code
}

// failed tells why a command failed, and its exit code.
func failed(w io.Writer, code int, err error) int {
	var crash *ui.Panic
	if errors.As(err, &crash) {
		return internal(w, crash.Value, crash.Stack)
	}
	fmt.Fprintf(w, "marsfix: %s\n", cleaned(err.Error()))
	var h hinted
	if errors.As(err, &h) {
		fmt.Fprintf(w, "hint: %s\n", cleaned(h.hint))
	}
	return code
}

// cleaned is a text whose paths and names may come from anywhere, fit to be shown; errors that were joined stand on a line each.
func cleaned(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = logscan.Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}

// internal tells of a fault of marsfix itself.
func internal(w io.Writer, value any, stack []byte) int {
	fmt.Fprintf(w, "marsfix: internal error: %v\n\n%s\nhint: please report this, with the text above, where you got marsfix from\n", value, stack)
	return codeInternal
}

// dispatch reads the command line and runs the command.
func (a *app) dispatch(args []string) (int, error) {
	c, want, err := flags.Parse(commandLine(), args)
	switch {
	case err != nil:
		return codeUsage, hinted{err, "marsfix --help"}
	case want == flags.Version:
		_, err = fmt.Fprintln(a.text(), versionLine())
	case want == flags.Help && c.Name == "":
		_, err = io.WriteString(a.text(), usage)
	case want == flags.Help:
		_, err = io.WriteString(a.text(), c.Usage("marsfix"))
	default:
		return c.Do.run(a)
	}
	if err != nil {
		return codeInternal, fmt.Errorf("print the help: %w", err)
	}
	return 0, nil
}

// versionLine names version, commit and Go.
func versionLine() string {
	c := commit
	if info, ok := debug.ReadBuildInfo(); ok && c == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				c = s.Value
			}
		}
	}
	return fmt.Sprintf("marsfix %s, commit %s, %s %s/%s", version, cmp.Or(c, "unknown"), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

type wizardCmd struct{ walkFlags }

func (c *wizardCmd) run(a *app) (int, error) {
	a.walks()
	m, err := thisComputer()
	if err != nil {
		return codeUsage, err
	}
	given, err := c.given("marsfix")
	if err != nil {
		return codeUsage, errors.Join(err, m.Close())
	}
	m.Arguments = c.arguments()
	code, err := a.walk(m, given, c.walkFlags)
	return code, errors.Join(err, m.Close())
}

// arguments are the flags again, once their paths are whole: for marsfix started again as administrator.
func (f walkFlags) arguments() []string {
	args := []string{}
	for _, fl := range []struct{ name, value string }{{"--installer", f.Installer}, {"--patch-log", f.PatchLog}, {"--setup-log", f.SetupLog}, {"--report", f.Report}} {
		if fl.value != "" {
			args = append(args, fl.name+"="+fl.value)
		}
	}
	for _, fl := range []struct {
		name string
		set  bool
	}{{"--plain", f.Plain}, {"--no-color", f.NoColor}, {"--ascii", f.ASCII}} {
		if fl.set {
			args = append(args, fl.name)
		}
	}
	return args
}

// thisComputer is the computer itself, where that is a Windows.
func thisComputer() (*winmachine.Machine, error) {
	m, err := winmachine.New()
	if errors.Is(err, winmachine.ErrNotWindows) {
		return nil, hinted{fmt.Errorf("this is no Windows computer (%s), so there is no Windows Installer to repair", runtime.GOOS),
			"marsfix practice   or, for a mounted disk or collected logs:   marsfix diagnose --root DIR"}
	}
	if err != nil {
		return nil, hinted{err, "marsfix diagnose --root C:\\"}
	}
	return m, nil
}

// given makes the paths of the command line whole: what they name must not depend on the folder marsfix was started in. It finds out as
// well whether a report can be written where it is wanted, before anything else is done.
func (f *walkFlags) given(command string) (steps.Given, error) {
	for _, p := range []*string{&f.Installer, &f.PatchLog, &f.SetupLog} {
		full, err := whole(*p)
		if err != nil {
			return steps.Given{}, fmt.Errorf("path \"%s\": %w", *p, err)
		}
		*p = full
	}
	dir, err := reportInto(f.Report, command)
	f.Report = dir
	return steps.Given{Installer: f.Installer, PatchLog: f.PatchLog, SetupLog: f.SetupLog}, err
}

// whole makes a path whole; an empty one stays so. Where this is no Windows, one on a drive letter is the practice computer's.
func whole(p string) (string, error) {
	switch {
	case p == "":
		return "", nil
	case runtime.GOOS != "windows" && len(p) > 2 && p[1] == ':' && (p[2] == '\\' || p[2] == '/'):
		rest := path.Clean(strings.ReplaceAll(p[2:], `\`, "/"))
		return p[:2] + strings.ReplaceAll(rest, "/", `\`), nil
	}
	return filepath.Abs(p)
}

// reportInto makes the folder that a report is wanted in, and tells its whole path; empty where none is wanted.
func reportInto(dir, command string) (string, error) {
	if dir == "" {
		return "", nil
	}
	full, p := report.MakeReportDir(dir, command)
	if p != nil {
		return "", hint(p, command)
	}
	return full, nil
}

type practiceCmd struct {
	Scenario, Keep string
	List           bool
	walkFlags
}

func (c *practiceCmd) flags() []flags.Flag {
	return append([]flags.Flag{
		{Name: "scenario", Value: "NAME", Help: "Which story to play (see --list).", Text: &c.Scenario},
		{Name: "list", Help: "List the scenarios.", On: &c.List},
		{Name: "keep", Value: "DIR", Help: "Keep the practice computer's disk in DIR.", Text: &c.Keep},
	}, c.walkFlags.flags()...)
}

func (c *practiceCmd) run(a *app) (code int, err error) {
	if c.List {
		for _, s := range practice.Scenarios() {
			fmt.Fprintf(a.text(), "%-17s %s\n", s.Name, s.Line)
		}
		return 0, nil
	}
	a.walks()
	given, err := c.given("marsfix practice")
	if err != nil {
		return codeUsage, err
	}
	// What is no path of this system is one of the practice computer's.
	host := slices.DeleteFunc([]string{given.Installer, given.PatchLog, given.SetupLog}, func(p string) bool { return !filepath.IsAbs(p) })
	m, err := practice.New(practice.Options{Scenario: c.Scenario, Keep: c.Keep, Wait: a.practice.wait, HostFiles: host})
	if err != nil {
		hint := "marsfix practice --list"
		if !errors.Is(err, practice.ErrScenario) {
			hint = "choose an empty folder: marsfix practice --keep DIR"
		}
		return codeUsage, hinted{err, hint}
	}
	defer func() {
		if cerr := m.Close(); cerr != nil && err == nil {
			code, err = codeInternal, cerr
		}
	}()
	var walked computer.Machine = m
	if a.practice.around != nil {
		walked = a.practice.around(m)
	}
	code, err = a.walk(walked, given, c.walkFlags)
	if c.Keep != "" {
		fmt.Fprintf(a.text(), "  disk       kept in %s\n", m.Place())
	} else {
		fmt.Fprintf(a.text(), "  disk       the practice computer's disk has been deleted (--keep DIR keeps it)\n")
	}
	return code, err
}

// walk shows a walk on a computer with the face that this console can have.
func (a *app) walk(m computer.Machine, given steps.Given, f walkFlags) (code int, err error) {
	w := walk.New(a.ctx, m, walk.Options{Given: given, Clock: screen.SystemClock{}, Version: version})
	defer func() {
		w.Close() // before the report: a change that is being made comes to its end
		if err == nil {
			err = a.report(w, m, f.Report)
		}
	}()
	o := ui.Options{NoColor: f.NoColor, ASCII: f.ASCII || winmachine.PoorFont(), Signals: a.events, OpenLog: w.Open, Copy: winmachine.Copy}
	if why := winmachine.NoScreen(a.in, a.out); f.Plain || why != "" {
		if !f.Plain {
			fmt.Fprintf(a.text(), "plain mode: %s\n", why)
		}
		return ui.Plain(a.ctx, w, winmachine.Input(a.in), a.text(), o)
	}
	return ui.Run(a.ctx, w, o)
}

// report writes what a walk found and did, and tells where it lies. Without rights to the computer's own folder there is none unless
// a folder was named, and a computer that ends with the walk keeps none; an elevated marsfix that went on has written its own.
func (a *app) report(w *walk.Walk, m computer.Machine, dir string) error {
	var files report.Files
	var p *screen.Problem
	switch {
	case w.HandedOver():
		_, err := fmt.Fprintf(a.text(), "  reports    %s\n", cmp.Or(dir, w.ReportsFolder()))
		return err
	case dir != "":
		files, p = report.Save(dir, w.Report(), time.Now())
	case w.Screen().Elevated:
		files, p = report.Write(a.ctx, m, w.Report(), time.Now())
	default:
		return nil
	}
	if p != nil {
		_, err := fmt.Fprintf(a.text(), "  report     none: %s\n  hint       %s\n", p.Message, p.OfWalk(w.Screen().Label).Hint)
		return err
	}
	if files.HTML == "" {
		return nil
	}
	_, err := fmt.Fprintf(a.text(), "  report     %s\n", files.Told)
	return err
}

type diagnoseCmd struct {
	JSON, Line   bool
	Root, Report string
}

func (c *diagnoseCmd) flags() []flags.Flag {
	return []flags.Flag{
		{Name: "json", Help: "One JSON object on standard output and nothing else.", On: &c.JSON, Against: "line"},
		{Name: "line", Help: "One line of at most 2,048 characters, for engines that keep one.", On: &c.Line},
		{Name: "root", Value: "DIR", Help: "A mounted disk, or a folder of collected logs, instead of this computer.", Text: &c.Root},
		{Name: "report", Value: "DIR", Help: "Write report.html and report.json into DIR as well.", Text: &c.Report},
	}
}

func (c *diagnoseCmd) run(a *app) (int, error) {
	defer a.stoppable()()
	d, report, code, err := c.look(a)
	switch {
	case err != nil && c.Line: // an engine that keeps one line takes anything on standard error for a crash
		_, err = fmt.Fprintln(a.text(), diagnose.ErrorLine(withHint(err)))
		return code, err
	case err != nil:
		return code, err
	}
	if err := c.print(a.text(), d, report); err != nil { // no verdict: nobody has read it whole
		return codeUsage, hinted{fmt.Errorf("print the diagnosis: %w", err), "give standard output a file that can be written: marsfix diagnose > FILE"}
	}
	return code, nil
}

// print writes the diagnosis in the form that is wanted; that for people tells where the report lies.
func (c *diagnoseCmd) print(w io.Writer, d diagnose.Diagnosis, report string) (err error) {
	switch {
	case c.Line:
		_, err = fmt.Fprintln(w, d.Line())
		return err
	case !c.JSON:
		text := d.Text()
		if report != "" {
			text += "report: " + report + "\n"
		}
		_, err = io.WriteString(w, text)
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(d)
}

// look makes the diagnosis, and the report of it where one is wanted. A code that is a verdict comes without an error only: engines
// count by it.
func (c *diagnoseCmd) look(a *app) (d diagnose.Diagnosis, progress string, code int, err error) {
	l, err := c.looker()
	if err != nil {
		return d, "", codeUsage, err
	}
	dir, err := reportInto(c.Report, "marsfix diagnose")
	if err != nil {
		return d, "", codeUsage, err
	}
	d, told, err := diagnose.Look(a.ctx, l, version, time.Now(), func(screen.Progress) {})
	if err != nil {
		return d, "", a.leftOr(codeInternal), hinted{err, "marsfix diagnose"}
	}
	if dir != "" {
		files, p := report.Save(dir, told(), time.Now())
		if p != nil {
			return d, "", codeUsage, hint(p, "marsfix diagnose")
		}
		progress = files.HTML
	}
	return d, progress, d.Verdict.Code(), nil
}

// hint is a problem as an error with its hint; command is what looks again.
func hint(p *screen.Problem, command string) error {
	t := p.Told(command)
	return hinted{errors.New(t.Message), t.Hint}
}

// withHint is an error with its hint in one.
func withHint(err error) error {
	if h := (hinted{}); errors.As(err, &h) {
		return fmt.Errorf("%w; hint: %s", err, h.hint)
	}
	return err
}

func (c *diagnoseCmd) looker() (computer.Looker, error) {
	if c.Root == "" {
		return thisComputer()
	}
	m, err := offline.New(c.Root)
	if err != nil {
		hint := "name a folder that holds Windows or WINNT, or the logs themselves: marsfix diagnose --root DIR"
		if other := (*offline.OtherName)(nil); errors.As(err, &other) {
			hint = fmt.Sprintf("unpack it if it is packed, and name the log itself %s; then look again: marsfix diagnose --root DIR", other.Log)
		}
		return nil, hinted{err, hint}
	}
	return m, nil
}

type undoCmd struct{}

func (c *undoCmd) run(a *app) (int, error) {
	defer a.stoppable()()
	m, err := thisComputer()
	if err != nil {
		return codeUsage, err
	}
	code, err := c.takeBack(a, m)
	return code, errors.Join(err, m.Close())
}

// takeBack tells what would be taken back, asks, and does it.
func (c *undoCmd) takeBack(a *app, m computer.Machine) (int, error) {
	u, p := undo.Find(a.ctx, m, time.Now())
	if p != nil {
		return a.leftOr(steps.CodeFailed), hinted{errors.New(p.Message), p.Hint}
	}
	for _, line := range u.Text() {
		fmt.Fprintln(a.text(), line)
	}
	if _, yes, err := ui.Ask(a.ctx, u.Question, winmachine.Input(a.in), a.text()); err != nil || !yes {
		return steps.CodeLeft, err
	}
	// Once it was answered with yes it is done whole: taken back by halves, the file set aside would not have its name again.
	if p := undo.Undo(context.WithoutCancel(a.ctx), m, u, version, time.Now()); p != nil {
		return steps.CodeFailed, hinted{errors.New(p.Message), p.Hint}
	}
	_, err := fmt.Fprintf(a.text(), "taken back: %s\n", u.Copy.To)
	return 0, err
}

type bundleCmd struct {
	Out       string
	HideUsers bool
}

func (c *bundleCmd) flags() []flags.Flag {
	return []flags.Flag{
		{Name: "out", Value: "FILE", Help: "The zip to write (default: beside the reports).", Text: &c.Out},
		{Name: "hide-users", Help: "Take the names of users out as well.", On: &c.HideUsers},
	}
}

func (c *bundleCmd) run(a *app) (int, error) {
	defer a.stoppable()()
	m, err := thisComputer()
	if err != nil {
		return codeUsage, err
	}
	code, err := c.pack(a, m)
	return code, errors.Join(err, m.Close())
}

// pack lists what would be inside, asks, and writes the zip.
func (c *bundleCmd) pack(a *app, m computer.Machine) (int, error) {
	b, p := bundle.Plan(a.ctx, m, bundle.Options{HideUsers: c.HideUsers, Version: version, Now: time.Now()})
	if p != nil {
		return a.leftOr(steps.CodeFailed), hint(p, "marsfix bundle")
	}
	for _, line := range b.List() {
		fmt.Fprintln(a.text(), line)
	}
	q := screen.Question{Kind: screen.Confirm, Prompt: "Write these into one zip? Passwords and tokens are taken out.", Verb: "write"}
	if _, yes, err := ui.Ask(a.ctx, q, winmachine.Input(a.in), a.text()); err != nil || !yes {
		return steps.CodeLeft, err
	}
	path, p := bundle.Save(a.ctx, m, c.Out, b)
	if p != nil {
		return a.leftOr(steps.CodeFailed), hint(p, "marsfix bundle")
	}
	_, err := fmt.Fprintf(a.text(), "written: %s\n", path)
	return 0, err
}
