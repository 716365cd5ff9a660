$staged = [IO.Path]::GetFullPath("$PSScriptRoot/../../out/OpenRouter.Byok/OpenRouter.Byok.psd1")
throw "Run dotnet build, then import the module that it stages: Import-Module '$staged'"
