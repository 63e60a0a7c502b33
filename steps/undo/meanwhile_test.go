package undo_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/journal"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// registering is a computer on which products are registered while undo asks.
type registering struct {
	*practice.Machine
	products []computer.Product
	err      error
}

func (r *registering) Products(context.Context) ([]computer.Product, error) {
	return r.products, r.err
}

// A product that is registered with the package while the question stands needs the package: a y that did not speak of
// it takes nothing away, and neither does one after which nobody could look.
func TestAProductRegisteredMeanwhileKeepsItsPackage(t *testing.T) {
	const to = `C:\Windows\Installer\7b5ea8.msi`
	m, dir := walktest.Computer(t)
	sum := sha256.Sum256([]byte("the copy"))
	line, err := json.Marshal(journal.Record{Time: time.Now().Add(-time.Hour), Kind: "after", Act: computer.ActCopy,
		To: to, SHA256: hex.EncodeToString(sum[:])})
	own := filepath.Join(dir, "C", "Program Files", "marsfix")
	copied := filepath.Join(dir, "C", "Windows", "Installer", "7b5ea8.msi")
	if err := errors.Join(err, os.MkdirAll(own, 0o700), os.WriteFile(filepath.Join(own, journal.FileName),
		append(line, '\n'), 0o600),
		os.WriteFile(copied, []byte("the copy"), 0o644)); err != nil {
		t.Fatal(err)
	}
	agent := computer.Product{Name: computer.AgentName, ProductCode: "{1}", LocalPackage: strings.ToUpper(to)}
	for code, now := range map[screen.Code]registering{
		"registration-changed": {Machine: m, products: []computer.Product{agent}},
		screen.CodeUnread:      {Machine: m, err: errors.New("the registry is shut")},
	} {
		u, p := undo.Find(t.Context(), &registering{Machine: m}, time.Now())
		if p != nil || u.Question.Kind != screen.Confirm {
			t.Fatalf("asked is %+v, %+v", u.Question, p)
		}
		if p := undo.Undo(t.Context(), &now, u, time.Now()); p == nil || p.Code != code {
			t.Errorf("undo came to %+v, want %s", p, code)
		}
		if text, err := os.ReadFile(copied); err != nil || string(text) != "the copy" {
			t.Errorf("%s: the package is %q, %v", code, text, err)
		}
	}
}
