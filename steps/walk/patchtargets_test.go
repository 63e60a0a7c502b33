package walk_test

import (
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

const foreignProduct = "{11111111-2222-4333-8444-555555555555}"

// targeted is the lost patch's code in a file that is for these products.
func targeted(products ...string) []byte {
	return practice.Patch{Code: walktest.PatchCode, Targets: products, Title: "KB5012345"}.Bytes()
}

// TestAPatchOfAnotherProduct: one with the right code that is for other products is refused, and what it is for is
// said; one further on that is for the agent is found all the same.
func TestAPatchOfAnotherProduct(t *testing.T) {
	c, e := walkPlaced(t, "patch-elsewhere", func(c *placed) {
		c.cleaners = []string{`C:\Moved`}
		c.Put(t, `C:\Moved\a.msp`, targeted(foreignProduct))
	})
	for e.Press() {
		continue
	}
	const why = "the patch code is right, but it is for the product " + foreignProduct +
		", and not for {FFE6D16C-3F87-4192-AF94-DDBEFF165106}"
	sc, p := e.Walk.Screen(), e.Problem()
	if sc.Step != 9 || p.Code != screen.CodePatchNotFound || !strings.Contains(p.Message, `"C:\Moved\a.msp": `+why) ||
		!says(sc.Rows, `C:\Moved\a.msp`, why) {
		t.Errorf("step %d: %+v, %+v", sc.Step, p, sc.Rows)
	}
	want(t, c.Dir, "7b5ea8.msi")
	c.Put(t, `C:\Moved\b.msp`, walktest.GoodPatch(walktest.PatchCode))
	press(e, "r")
	e.Until("copy")
	asks(e, "Copy b.msp as 7b5eb1.msp?")
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
	}
	want(t, c.Dir, "7b5ea8.msi", walktest.PatchName)
}

// TestAPatchForManyProducts: the agent's is one of them, in whatever case.
func TestAPatchForManyProducts(t *testing.T) {
	s := walktest.Signed(computer.SignNone)
	_, e := walkPlaced(t, "patch-elsewhere", func(c *placed) {
		c.signs, c.cleaners = &s, []string{`C:\Moved`}
		c.Put(t, `C:\Moved\a.msp`, targeted(foreignProduct, "{ffe6d16c-3f87-4192-af94-ddbeff165106}"))
	})
	for e.Walk.Screen().Step < 10 && e.Press() {
		continue
	}
	if sc := e.Walk.Screen(); sc.Step != 9 || sc.Question == nil || sc.Question.Want != "7b5eb1" {
		t.Errorf("step %d asks %+v: %+v", sc.Step, sc.Question, sc.Problems)
	}
}

// TestAPatchThatTellsNoProduct is not refused, and its silence is said.
func TestAPatchThatTellsNoProduct(t *testing.T) {
	s := walktest.Signed(computer.SignTrusted)
	for name, template := range map[string]string{"nothing": "", "anything": "*", "half": foreignProduct + ";x"} {
		t.Run(name, func(t *testing.T) {
			c, e := walkPlaced(t, "patch-elsewhere", func(c *placed) {
				c.signs, c.cleaners = &s, []string{`C:\Moved`}
				c.Put(t, `C:\Moved\a.msp`, targeted(template))
			})
			for e.Walk.Screen().Step < 9 && e.Press() {
				continue
			}
			sc := e.Walk.Screen()
			if sc.Step != 9 || !says(sc.Rows, walktest.PatchCode,
				"matches; the file does not say which products it is for") {
				t.Fatalf("step %d: %+v", sc.Step, sc.Rows)
			}
			e.Until("copy")
			answer(e, screen.Answer{Yes: true})
			if got, want := walktest.CacheOf(t, c.Dir)[walktest.PatchName],
				walktest.Hashed(targeted(template)); got != want {
				t.Errorf("the copy is %q, want %q", got, want)
			}
		})
	}
}
