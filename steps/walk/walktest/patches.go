package walktest

import (
	"os"
	"path/filepath"
	"testing"

	"marsfix/steps/practice"
)

// The practice agent's registered patches: their codes, and the names of their cached files.
const (
	PatchCode  = "{D3A7C1B9-52F0-4E6D-8B41-9F3E6A0C9169}"
	HotfixCode = "{A1C94E07-2B6D-4F58-9E13-5D0C7B2E9150}"
	PatchName  = "7b5eb1.msp"
	HotfixName = "7b5ec4.msp"
)

// GoodPatch is the patch that is registered with this code, and signed.
func GoodPatch(code string) []byte {
	title := "KB5012345"
	if code == HotfixCode {
		title = "KB4487102"
	}
	return practice.Patch{Code: code, Targets: []string{"{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"}, Title: title}.Bytes()
}

// SignedPatch is one with this code that bears a signature, as files do that somebody signed.
func SignedPatch(code string) []byte {
	return practice.Patch{Code: code, Targets: []string{"{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"},
		Signature: "signature"}.Bytes()
}

// Put makes a file on the computer, with the folders above it.
func (r *Rig) Put(t *testing.T, path string, content []byte) {
	t.Helper()
	at := r.Host(path)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
