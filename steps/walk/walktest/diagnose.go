package walktest

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/screen"
)

const (
	HeaderLine  = "=== Verbose logging started: 12/3/2015  13:14:36  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\x\\Setup.exe ===\r\n"
	MissingLine = "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\312c0.msi' is missing.\r\n"
	LostLine    = "MSI (s) (C0:E4) [09:27:14:308]: Couldn't find local patch 'C:\\WINDOWS\\Installer\\145258.msp'. Looking for it at its source.\r\n"
	WrongLine   = "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\312c0.msi' could not be opened as a storage file.\r\n"
	EndedLine   = "MSI (s) (C0:E4) [09:27:14:308]: MainEngineThread is returning "
	HostileLine = "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\..\\evil.msi' is missing.\r\n"
	FolderLine  = "0AB0\t0974\t08/04\t13:16:29.206\t18\tsetup.cpp(1372)\t[0000000053582120]\t1FCFF8B4\t\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\1f2e3d4c\r\n"
)

// schema is that of the JSON, read once.
var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(diagnose.Schema))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("diagnose.schema.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("diagnose.schema.json")
})

// Look is the diagnosis of a computer, held against the schema.
func Look(t *testing.T, l computer.Looker) diagnose.Diagnosis {
	t.Helper()
	d, _, err := diagnose.Look(context.Background(), l, "test", time.Now(), func(screen.Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	s, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%s\n%v", b, err)
	}
	return d
}

// Files makes a folder with the files told: with a text, "(folder)", "(package)" or "(patch)".
func Files(t *testing.T, named map[string]string) string {
	t.Helper()
	root := MemoryDir(t)
	for name, text := range named {
		p := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if text == "(folder)" {
			if err := os.Mkdir(p, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		switch text {
		case "(package)":
			text = string(GoodPackage(t))
		case "(patch)":
			text = string(GoodPatch(PatchCode))
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
