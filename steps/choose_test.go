package steps

import (
	"testing"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// Of several registered products that have lost their packages the engineer chooses one, and that is decided on.
func TestSeveralLostProductsAreChosenAmong(t *testing.T) {
	agent := func(productCode, local string) computer.Product {
		return computer.Product{Name: computer.AgentName, ProductCode: productCode, PackageCode: code,
			LocalPackage: local}
	}
	f := fresh()
	f.Registration = computer.Registration{Products: []computer.Product{agent("{1}", `C:\Windows\Installer\aaa.msi`),
		agent("{2}", `C:\Windows\Installer\bbb.msi`)}}
	f.Cache = map[string]cache.File{`c:\windows\installer\aaa.msi`: {}, `c:\windows\installer\bbb.msi`: {}}
	f.Decision = look.Decide(f)
	fd := judgeNoteID(f, t0)
	if fd.question == nil || fd.question.Kind != screen.Choose || len(fd.question.Options) != 2 {
		t.Fatalf("question %+v", fd.question)
	}
	fd.answer(&f, screen.Answer{Choice: 1})
	if f.Decision = look.Decide(f); !fd.then.look || f.Decision.ID != "bbb" {
		t.Fatalf("chose %s", f.Decision.ID)
	}
}
