//go:build linux

package winetest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"marsfix/steps/diagnose"
	"marsfix/steps/look"
	"marsfix/steps/winmachine/winetest"
)

const (
	ansibleHosts   = 200 // that answer
	ansibleAsking  = 30  // of them ask a Windows computer; the others say what one has answered
	ansibleForks   = "4"
	ansibleMarsfix = `C:\Program Files\marsfix\marsfix.exe`
	ansiblePackage = "steps/practice/packages/obsagent.msi"
)

// playbook runs the example playbook over hosts, each with its variables, and tells the folder of the run, what
// ansible-playbook printed and its exit code.
func playbook(t *testing.T, hosts map[string]map[string]any) (dir, out string, code int) {
	t.Helper()
	work := t.TempDir()
	inventory, err := json.Marshal(map[string]any{"all": map[string]any{"hosts": hosts}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"inventory.json": inventory, "ansible.cfg": nil} {
		if err := os.WriteFile(filepath.Join(work, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "ansible-playbook", "-i", filepath.Join(work, "inventory.json"), "-e",
		"marsfix_exe=/nowhere/marsfix.exe",
		"-e", "marsfix_results="+filepath.Join(work, "results"), ".ci/ansible/diagnose.yml")
	cmd.Env = append(os.Environ(), "ANSIBLE_CONFIG="+filepath.Join(work, "ansible.cfg"), "ANSIBLE_HOME="+work,
		"ANSIBLE_FORKS="+ansibleForks, "ANSIBLE_NOCOLOR=1", "LC_ALL=C.UTF-8")
	said, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("cannot run ansible-playbook: %v", err)
	}
	runs, err := filepath.Glob(filepath.Join(work, "results", "*"))
	if err != nil || len(runs) != 1 {
		t.Fatalf("ansible-playbook has made the folders %v (%v):\n%s", runs, err, said)
	}
	return runs[0], string(said), cmd.ProcessState.ExitCode()
}

// needAnsible skips the test where Ansible is not at hand; where everything has to hold that is a failure.
func needAnsible(t *testing.T) {
	t.Helper()
	_, err := exec.LookPath("ansible-playbook")
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatal("ansible-playbook is not there: apt-get install ansible python3-winrm")
	default:
		t.Skip("needs ansible-playbook: apt-get install ansible python3-winrm")
	}
}

// asked is a Windows computer to be diagnosed: what Ansible runs to ask it, and what it answers when it is asked
// directly.
type asked struct {
	command []string
	answer  []byte
	verdict look.Verdict
}

// host are its variables for Ansible.
func (a asked) host() map[string]any {
	return map[string]any{"ansible_connection": "local", "marsfix_command": a.command}
}

// keeping is the same computer that keeps what it answers in a file as well: on a busy machine the same question may
// have no answer in time, and the next answer tells so.
func (a asked) keeping(file string) asked {
	const script = `"$@" >"$0"; code=$?; cat "$0"; exit $code`
	return asked{command: slices.Concat([]string{"sh", "-c", script, file}, a.command), verdict: a.verdict}
}

// saying says from a file what the computer has answered, and ends as it does.
func (a asked) saying(t *testing.T, file string) asked {
	t.Helper()
	if err := os.WriteFile(file, a.answer, 0o600); err != nil {
		t.Fatal(err)
	}
	code := strconv.Itoa(a.verdict.Code())
	return asked{command: []string{"sh", "-c", `cat "$0"; exit "$1"`, file, code}, verdict: a.verdict}
}

// ask puts marsfix on a computer and asks it once.
func ask(t *testing.T, c *winetest.Computer, exe string, want look.Verdict) asked {
	t.Helper()
	c.Put(exe, ansibleMarsfix)
	cmd := c.Command(t.Context(), ansibleMarsfix, "diagnose", "--json")
	command := slices.Concat([]string{"env", "WINEPREFIX=" + filepath.Dir(c.Path(`C:\`))}, cmd.Args)
	answer, err := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); code != want.Code() {
		t.Fatalf("asked directly, a computer that is %s ends with %d (%v):\n%s", want, code, err, answer)
	}
	return asked{command, answer, want}
}

// computers are one of each verdict. The log of the unclear one holds what would be a template, were it Ansible's.
func computers(t *testing.T) []asked {
	t.Helper()
	exe := winetest.Build(t, "marsfix")
	healthy, ill, unclear := winetest.New(t), winetest.New(t), winetest.New(t)
	healthy.Install(ansiblePackage, `C:\Downloads\OBSAGENT.msi`)
	ill.Lose(ill.Install(ansiblePackage, `C:\Downloads\OBSAGENT.msi`))
	warning := "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package '%s' is missing.\r\n"
	unclear.Write(`C:\windows\Temp\OBPatch.log`, fmt.Appendf(nil, warning+warning, `C:\Windows\Installer\312c0.msi`,
		`C:\{{ 7 * 191 }} é.msi`))
	return []asked{ask(t, healthy, exe, look.Healthy), ask(t, ill, exe, look.RepairNeeded),
		ask(t, unclear, exe, look.Unclear)}
}

// nobody are the variables of a host on which nobody listens, as those of a real server are written.
func nobody(t *testing.T) map[string]any {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return map[string]any{"ansible_connection": "winrm", "ansible_host": "127.0.0.1",
		"ansible_port":         l.Addr().(*net.TCPAddr).Port,
		"ansible_winrm_scheme": "http", "ansible_winrm_transport": "basic", "ansible_user": "admin",
		"ansible_password": "x"}
}

// summary is what the playbook tells of all hosts.
type summary struct {
	Counts map[string]int
	Hosts  map[string][]string
	Why    map[string]string
}

func readSummary(t *testing.T, dir string) (s summary) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "summary.json"))
	if err := errors.Join(err, json.Unmarshal(data, &s)); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	return s
}

func TestWineAnsible(t *testing.T) {
	winetest.Need(t)
	needAnsible(t)
	t.Parallel()
	kinds := computers(t)
	t.Run("two hundred hosts", func(t *testing.T) { twoHundredHosts(t, kinds) })
	t.Run("all answer", func(t *testing.T) { allAnswer(t, kinds) })
	t.Run("nobody answers", nobodyAnswers)
}

// Two hundred hosts of a real Ansible, on three Windows computers or with what those have answered: every answer
// arrives as it was printed, is what the schema says, and is counted; a host without an answer is not.
func twoHundredHosts(t *testing.T, kinds []asked) {
	hosts := map[string]map[string]any{"srv-unreachable": nobody(t),
		"srv-misused": asked{command: slices.Concat(kinds[0].command, []string{"--root", `C:\nowhere`})}.host(),
		"srv-silent":  asked{command: []string{"sh", "-c", "exit 2"}}.host(),
		"srv-lying":   asked{command: []string{"sh", "-c", `echo '{"verdict": "healthy"}'; exit 1`}}.host()}
	want := map[string]int{"failed": 3, "unreachable": 1}
	said := t.TempDir()
	for i := range ansibleHosts {
		kind, file := kinds[i%len(kinds)], filepath.Join(said, fmt.Sprintf("srv-%03d", i))
		if i < ansibleAsking {
			kind = kind.keeping(file)
		} else {
			kind = kind.saying(t, file)
		}
		hosts[filepath.Base(file)] = kind.host()
		want[string(kind.verdict)]++
	}
	dir, out, code := playbook(t, hosts)
	if code != 2 {
		t.Errorf("with hosts that gave no answer, ansible-playbook ends with %d:\n%s", code, out)
	}
	s := readSummary(t, dir)
	if fmt.Sprint(s.Counts) != fmt.Sprint(want) {
		t.Errorf("counted %v, want %v:\n%s", s.Counts, want, out)
	}
	for host, why := range map[string]string{"srv-unreachable": "Connection refused",
		"srv-misused": "exit code 64 is no verdict: marsfix: ",
		"srv-silent":  "exit code 2 without an answer", "srv-lying": "exit code 1 contradicts the verdict 'healthy'"} {
		if !strings.Contains(s.Why[host], why) {
			t.Errorf("of %s it says %q, want %q", host, s.Why[host], why)
		}
	}
	checkAnswers(t, dir, said, s, kinds)
}

// checkAnswers holds the files of a run against what was said, and against the schema.
func checkAnswers(t *testing.T, dir, said string, s summary, kinds []asked) {
	t.Helper()
	schema := diagnoseSchema(t)
	for i := range ansibleHosts {
		host, kind := fmt.Sprintf("srv-%03d", i), kinds[i%len(kinds)]
		got, err1 := os.ReadFile(filepath.Join(dir, host+".json"))
		want, err2 := os.ReadFile(filepath.Join(said, host))
		if err := errors.Join(err1, err2); err != nil {
			t.Error(err)
			continue
		}
		// Ansible ends its lines itself
		if end := "\r\n"; !bytes.Equal(bytes.TrimRight(got, end), bytes.TrimRight(want, end)) {
			t.Errorf("of %s came\n%s\nand it has answered\n%s", host, got, want)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(got))
		if err != nil {
			t.Errorf("%s: %v", host, err)
		} else if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", host, err)
		}
		if !slices.Contains(s.Hosts[string(kind.verdict)], host) {
			t.Errorf("%s is not among those that are %s", host, kind.verdict)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != ansibleHosts+1 {
		t.Errorf("%d files (%v), want one for each of %d hosts and the summary: %v", len(files), err,
			ansibleHosts, files)
	}
}

func diagnoseSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(diagnose.Schema))
	if err := errors.Join(err, c.AddResource("diagnose.schema.json", doc)); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("diagnose.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// When nobody can be reached there is a summary that says so.
func nobodyAnswers(t *testing.T) {
	dir, out, code := playbook(t, map[string]map[string]any{"srv-001": nobody(t), "srv-002": nobody(t)})
	s := readSummary(t, dir)
	if code != 2 || s.Counts["unreachable"] != 2 || len(s.Why) != 2 {
		t.Errorf("it ends with %d and %+v:\n%s", code, s, out)
	}
}

// When all answer, the playbook ends well, whatever the answers.
func allAnswer(t *testing.T, kinds []asked) {
	hosts := map[string]map[string]any{}
	for i, kind := range kinds {
		hosts[fmt.Sprintf("srv-%03d", i)] = kind.host()
	}
	if dir, out, code := playbook(t, hosts); code != 0 || len(readSummary(t, dir).Why) != 0 {
		t.Errorf("it ends with %d:\n%s", code, out)
	}
}

// The example of an inventory is one.
func TestWineAnsibleInventory(t *testing.T) {
	needAnsible(t)
	cmd := exec.CommandContext(t.Context(), "ansible-inventory", "-i", ".ci/ansible/inventory.yml", "--host", "srv-007")
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8") // Ansible wants UTF-8
	out, err := cmd.Output()
	if err != nil || !strings.Contains(string(out), `"marsfix_command"`) {
		t.Errorf("ansible-inventory says %s (%v)", out, err)
	}
}
